// SPDX-License-Identifier: Apache-2.0

package postgres

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// listenAgain is how long after the loss of its connection the listener takes another.
const listenAgain = time.Second

// listen puts a value into wake when a change is notified, or may have been missed, until the context ends.
func listen(ctx context.Context, config *pgx.ConnConfig, wake chan<- struct{}) {
	for ctx.Err() == nil {
		listenOnce(ctx, config, wake)
		select {
		case <-ctx.Done():
		case <-time.After(listenAgain):
		}
	}
}

// listenOnce listens until the connection is lost. Why it was is of no interest: the poll goes on.
func listenOnce(ctx context.Context, config *pgx.ConnConfig, wake chan<- struct{}) {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return
	}
	for {
		select {
		case wake <- struct{}{}:
		default:
		}
		if _, err := conn.WaitForNotification(ctx); err != nil {
			return
		}
	}
}
