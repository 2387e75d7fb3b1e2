// SPDX-License-Identifier: Apache-2.0

package wasmhost

import "time"

// Log is a line that the plugin wrote to Envoy's log.
type Log struct {
	// Level is trace, debug, info, warn, error or critical.
	Level string
	// Message is the line as the plugin wrote it.
	Message string
}

// levels are the names by the ABI's number.
var levels = []string{"trace", "debug", "info", "warn", "error", "critical"}

// Numbers of levels.
const (
	levelTrace = 0
	levelInfo  = 2
	levelError = 4
)

// Logs returns everything that the plugin logged so far, the canary included.
func (h *Host) Logs() []Log { return h.logs }

func (v *vm) log(in args) (result, Status) {
	level := in.numbers[0]
	if level >= uint64(len(levels)) {
		return result{}, StatusBadArgument
	}
	v.logLine(int(level), in.texts[0])
	return result{}, StatusOK
}

func (v *vm) logLine(level int, message string) {
	v.at.host.logs = append(v.at.host.logs, Log{Level: levels[level], Message: message})
}

// getLogLevel says that every level is wanted.
func (v *vm) getLogLevel(args) (result, Status) { return result{number: levelTrace}, StatusOK }

func (v *vm) getCurrentTime(args) (result, Status) {
	return result{number: uint64(time.Now().UnixNano())}, StatusOK
}
