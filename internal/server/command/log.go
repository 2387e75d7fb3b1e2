// SPDX-License-Identifier: Apache-2.0

package command

import (
	"io"
	"log/slog"
)

// logFlags say how the log is written.
type logFlags struct{ format, level string }

// logger writes the log.
func (f logFlags) logger(w io.Writer) *slog.Logger {
	var level slog.Level
	if err := level.UnmarshalText([]byte(f.level)); err != nil {
		level = slog.LevelInfo // the flag takes names of levels only
	}
	options := &slog.HandlerOptions{Level: level}
	if f.format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}
