// SPDX-License-Identifier: Apache-2.0

package commandline

import (
	"context"
	"errors"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// UntilInterrupt is a context that ends with Ctrl-C or SIGTERM, for commands that have something to stop or to print then. It is
// for their work alone: a command that still waits for its input ends at once, as all others do. A second signal ends the
// process in any case.
func UntilInterrupt(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// ErrInterrupted says that a command was interrupted before its end.
var ErrInterrupted error = &Failure{ExitInterrupted, errors.New("interrupted")}

// UnlessInterrupted is err, or that the command was interrupted, which is why it failed then.
func UnlessInterrupted(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return ErrInterrupted
	}
	return err
}

// UntilDone reads from r until ctx ends, also while r gives nothing.
func UntilDone(ctx context.Context, r io.Reader) io.Reader {
	out, in := io.Pipe()
	go func() {
		_, err := io.Copy(in, r)
		_ = in.CloseWithError(err) // never fails
	}()
	context.AfterFunc(ctx, func() { _ = in.CloseWithError(ctx.Err()) })
	return out
}
