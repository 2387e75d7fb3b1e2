// SPDX-License-Identifier: Apache-2.0

package commandline

import "errors"

// ErrFindings says that the command has printed what it found.
var ErrFindings = errors.New("findings")

// Failure is an error with an exit code of its own.
type Failure struct {
	code int
	err  error
}

func (f *Failure) Error() string { return f.err.Error() }

func (f *Failure) Unwrap() error { return f.err }

// The exit codes.
const (
	ExitFine       = 0
	ExitFindings   = 1
	ExitUsage      = 2
	ExitUnreadable = 3
	ExitInternal   = 4
	// ExitInterrupted is what shells make of an end by Ctrl-C.
	ExitInterrupted = 130
)

// Usage is the failure of a command that was called wrongly.
func Usage(err error) error { return &Failure{ExitUsage, err} }

// Unreadable is the failure to read what a command is about.
func Unreadable(err error) error { return &Failure{ExitUnreadable, err} }

// Exit says what is to be said of an error, and gives the exit code that it means.
func Exit(err error, say func(format string, values ...any)) int {
	var f *Failure
	switch {
	case err == nil:
		return ExitFine
	case errors.Is(err, ErrFindings):
		return ExitFindings
	case errors.As(err, &f):
		say("%v", f)
		return f.code
	default:
		say("%v", err)
		return ExitInternal
	}
}
