// SPDX-License-Identifier: Apache-2.0

package server

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/server/aws"
	"gatewayresponses/internal/server/request"
)

// observed gives each request its id and its time, and notes in the log and the metrics what became of it.
func (s *Server) observed(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		started := time.Now()
		info := request.New()
		ctx, cancel := context.WithTimeout(request.With(r.Context(), info), s.limits.answer)
		defer cancel()
		noted := &notedWriter{ResponseWriter: w}
		defer func() {
			failure := recover()
			cut := failure != nil && noted.status != 0
			if failure != nil {
				info.Err = fmt.Errorf("panic: %v\n%s", failure, debug.Stack())
			}
			if failure != nil && !cut {
				aws.WriteError(noted, apigateway.Failed())
			}
			took := time.Since(started)
			s.metrics.answered(info, noted.status, took)
			logRequest(s.log, r, info, noted.status, took)
			if cut { // so that the client does not take half an answer for the whole
				panic(http.ErrAbortHandler)
			}
		}()
		next.ServeHTTP(noted, r.WithContext(ctx))
	})
}

// notedWriter notes the status of an answer.
type notedWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status.
func (w *notedWriter) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write notes that the status is 200, where no other was said.
func (w *notedWriter) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return w.ResponseWriter.Write(b)
}

// Unwrap lets http.ResponseController reach the writer below.
func (w *notedWriter) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// maxLoggedPath is how much of the path of an unknown operation the log shows, in bytes.
const maxLoggedPath = 200

// logRequest writes the line of a request: no header, no query and no body, as they may hold secrets.
func logRequest(log *slog.Logger, r *http.Request, info *request.Info, status int, took time.Duration) {
	level := slog.LevelInfo
	attributes := []slog.Attr{slog.Int("status", status), slog.Duration("took", took), slog.String("request", info.ID)}
	if info.Operation != "" {
		attributes = append(attributes, slog.String("operation", info.Operation))
	} else {
		path := r.URL.Path
		attributes = append(attributes, slog.String("method", r.Method), slog.String("path", path[:min(len(path), maxLoggedPath)]))
	}
	switch {
	case info.Key != "":
		attributes = append(attributes, slog.String("key", info.Key), slog.String("caller", info.Caller))
	case info.Person != "":
		attributes = append(attributes, slog.String("person", info.Person), slog.String("caller", info.Caller))
	default:
		attributes = append(attributes, slog.String("from", r.RemoteAddr))
	}
	if info.Err != nil {
		level = slog.LevelError
		attributes = append(attributes, slog.String("error", info.Err.Error()))
	}
	log.LogAttrs(r.Context(), level, "request", attributes...)
}
