// SPDX-License-Identifier: Apache-2.0

package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"strings"

	"modernc.org/sqlite"
)

// connector makes connections that keep the statements which they have prepared. SQLite takes longer to parse most statements of a store than
// to run them.
type connector struct{ name string }

// Connect implements driver.Connector.
func (c connector) Connect(context.Context) (driver.Conn, error) {
	made, err := c.Driver().Open(c.name)
	if err != nil {
		return nil, err
	}
	its, ok := made.(connection)
	if !ok {
		return nil, errors.Join(errors.New("the driver of SQLite lacks a method"), made.Close())
	}
	return &keeper{connection: its, kept: map[string]statement{}}, nil
}

// Driver implements driver.Connector.
func (connector) Driver() driver.Driver { return &sqlite.Driver{} }

// connection and statement are what those of the driver can do.
type (
	connection interface {
		driver.Conn
		driver.ConnBeginTx
		driver.ConnPrepareContext
		driver.ExecerContext
		driver.Pinger
		driver.QueryerContext
		driver.SessionResetter
		driver.Validator
	}
	statement interface {
		driver.Stmt
		driver.StmtExecContext
		driver.StmtQueryContext
	}
)

// maxKept is how many statements a connection keeps. A store has fewer.
const maxKept = 64

// keeper is a connection, and its statements by their text. One of them runs at a time.
type keeper struct {
	connection
	kept map[string]statement
}

// QueryContext implements driver.QueryerContext.
func (k *keeper) QueryContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Rows, error) {
	prepared, err := k.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	if prepared == nil {
		return k.connection.QueryContext(ctx, text, args)
	}
	return prepared.QueryContext(ctx, args)
}

// ExecContext implements driver.ExecerContext.
func (k *keeper) ExecContext(ctx context.Context, text string, args []driver.NamedValue) (driver.Result, error) {
	prepared, err := k.prepared(ctx, text)
	if err != nil {
		return nil, err
	}
	if prepared == nil {
		return k.connection.ExecContext(ctx, text, args)
	}
	return prepared.ExecContext(ctx, args)
}

// prepared is a statement that is kept, nil for one that is not.
func (k *keeper) prepared(ctx context.Context, text string) (statement, error) {
	if found := k.kept[text]; found != nil {
		return found, nil
	}
	if len(k.kept) >= maxKept || !keeps(text) {
		return nil, nil
	}
	made, err := k.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	its, ok := made.(statement)
	if !ok {
		return nil, made.Close()
	}
	k.kept[text] = its
	return its, nil
}

// keeps reports whether a statement does the same each time that it runs. Pragmas such as synchronous act when they are prepared.
func keeps(text string) bool {
	verb, _, _ := strings.Cut(text, " ")
	switch verb {
	case "SELECT", "INSERT", "UPDATE", "DELETE":
		return true
	}
	return false
}

// Close lets go of the statements, and of the connection.
func (k *keeper) Close() error {
	var failed []error
	for _, s := range k.kept {
		failed = append(failed, s.Close())
	}
	return errors.Join(append(failed, k.connection.Close())...)
}
