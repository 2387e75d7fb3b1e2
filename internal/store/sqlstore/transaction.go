// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"gatewayresponses/internal/store"
)

// rollbackTime is how long an abandoned transaction may take to be rolled back before its connection is given up.
const rollbackTime = 10 * time.Second

// transaction is one that runs on a connection. Its first failure is its last: a database may have rolled back by
// itself, and what follows would be committed alone.
type transaction struct {
	ctx    context.Context
	conn   *sql.Conn
	failed error
	// committed is set once it has ended well.
	committed bool
}

// begin begins a transaction, by several statements if need be.
func begin(ctx context.Context, db *sql.DB, statements ...string) (*transaction, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	t := &transaction{ctx: ctx, conn: conn}
	for _, statement := range statements {
		if _, err := t.exec(statement); err != nil {
			t.rollback()
			return nil, err
		}
	}
	return t, nil
}

// commit ends the transaction. The context is no reason to stop now: it would leave unknown what became of it.
func (t *transaction) commit() error {
	if t.failed != nil {
		return t.failed
	}
	_, err := t.conn.ExecContext(context.WithoutCancel(t.ctx), "COMMIT")
	t.committed = err == nil
	return t.fail(err)
}

// rollback ends the transaction if it has not been committed, and gives back the connection.
func (t *transaction) rollback() {
	defer func() { _ = t.conn.Close() }()
	if t.committed {
		return // PostgreSQL would write a warning into its log
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), rollbackTime)
	defer cancel()
	// Without a transaction this fails, or warns. A connection that is left in one is not used again.
	_, _ = t.conn.ExecContext(ctx, "ROLLBACK")
}

func (t *transaction) fail(err error) error {
	if err != nil && t.failed == nil {
		t.failed = err
	}
	return err
}

// exec runs a statement, and says how many rows it has changed.
func (t *transaction) exec(statement string, args ...any) (int64, error) {
	if t.failed != nil {
		return 0, t.failed
	}
	result, err := t.conn.ExecContext(t.ctx, statement, args...)
	if err != nil {
		return 0, t.fail(err)
	}
	changed, err := result.RowsAffected()
	return changed, t.fail(err)
}

// queryRow reads the only row of a query, or says sql.ErrNoRows.
func (t *transaction) queryRow(statement string, args []any, into ...any) error {
	if t.failed != nil {
		return t.failed
	}
	err := t.conn.QueryRowContext(t.ctx, statement, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return err
	}
	return t.fail(err)
}

// query reads the rows of a query, each by scan.
func query[T any](t *transaction, scan func(*sql.Rows) (T, error), statement string, args ...any) ([]T, error) {
	if t.failed != nil {
		return nil, t.failed
	}
	rows, err := t.conn.QueryContext(t.ctx, statement, args...)
	if err != nil {
		return nil, t.fail(err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, t.fail(err)
		}
		all = append(all, one)
	}
	return all, t.fail(rows.Err())
}

// View implements store.Store. It tries again until the function runs, and not afterwards.
func (s *Store) View(ctx context.Context, f func(store.Reader) error) error {
	var t *transaction
	err := s.retrying(ctx, func() (err error) {
		t, err = begin(ctx, s.db.Reads, s.db.BeginView)
		return s.failed(err)
	})
	if err != nil {
		return err
	}
	defer t.rollback()
	return s.outcome(t, f(reader{t}))
}

// outcome is what a function that ran in a transaction says: its own error, unless the transaction failed.
func (s *Store) outcome(t *transaction, err error) error {
	if t.failed != nil {
		return s.failed(t.failed)
	}
	return err
}
