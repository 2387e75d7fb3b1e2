// SPDX-License-Identifier: Apache-2.0

package sqlstore

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
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
	return t.fail(err)
}

// rollback ends the transaction if it has not been committed, and gives back the connection.
func (t *transaction) rollback() {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), rollbackTime)
	defer cancel()
	// Without a transaction this fails, or warns. A connection that is left in one is not used again.
	_, _ = t.conn.ExecContext(ctx, "ROLLBACK")
	_ = t.conn.Close()
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

// View implements store.Store.
func (s *Store) View(ctx context.Context, f func(store.Reader) error) error {
	return s.retrying(ctx, func() error {
		t, err := begin(ctx, s.db.Reads, s.db.BeginView)
		if err != nil {
			return s.failed(err)
		}
		defer t.rollback()
		return s.outcome(t, f(reader{t}))
	})
}

// outcome is what a function that ran in a transaction says: its own error, unless the transaction failed.
func (s *Store) outcome(t *transaction, err error) error {
	if t.failed != nil {
		return s.failed(t.failed)
	}
	return err
}

// Change implements store.Store.
func (s *Store) Change(ctx context.Context, f func(store.Writer) error) error {
	return s.retrying(ctx, func() error {
		number, err := s.changeOnce(ctx, f)
		if number != 0 && err == nil {
			s.watcher.saw(number)
		}
		return err
	})
}

// changeOnce runs a change, and gives its number; 0 if it wrote nothing.
func (s *Store) changeOnce(ctx context.Context, f func(store.Writer) error) (int64, error) {
	t, err := begin(ctx, s.db.Writes, s.db.BeginChange)
	if err != nil {
		return 0, s.failed(err)
	}
	defer t.rollback()
	before, err := lock(t, s.db.ForUpdate)
	if err != nil {
		return 0, s.failed(err)
	}
	w := &writer{reader: reader{t}}
	if err := s.outcome(t, f(w)); err != nil || !w.wrote {
		return 0, err
	}
	made := stamp{number: before.number + 1, token: []byte(rand.Text())}
	if err := made.write(t, s.db.Notify); err != nil {
		return 0, s.failed(err)
	}
	if err := t.commit(); err != nil {
		return made.number, s.settle(ctx, made, err)
	}
	return made.number, nil
}

// stamp is what a change leaves in the table of changes.
type stamp struct {
	number int64
	token  []byte
}

// lock waits for all other changes, and reads the stamp of the last.
func lock(t *transaction, forUpdate string) (stamp, error) {
	var last stamp
	err := t.queryRow("SELECT number, token FROM changes WHERE id = 1"+forUpdate, nil, &last.number, &last.token)
	return last, err
}

func (s stamp) write(t *transaction, notify string) error {
	if _, err := t.exec("UPDATE changes SET number = $1, token = $2 WHERE id = 1", s.number, s.token); err != nil {
		return err
	}
	if notify == "" {
		return nil
	}
	_, err := t.exec(notify)
	return err
}

// errNotMade says that a change was lost with its connection, and can be made again.
var errNotMade = errors.New("the connection was lost before the change was made")

// settle finds out what became of a change whose commit has failed. The stamp of the last change says so, unless others have been made since.
func (s *Store) settle(ctx context.Context, made stamp, failure error) error {
	t, err := begin(ctx, s.db.Writes, s.db.BeginChange)
	if err != nil {
		return s.failed(fmt.Errorf("%w: %w", store.ErrUnknown, failure))
	}
	defer t.rollback()
	last, err := lock(t, s.db.ForUpdate)
	switch {
	case err != nil || last.number > made.number:
		return s.failed(fmt.Errorf("%w: %w", store.ErrUnknown, failure))
	case last.number < made.number:
		return s.failed(fmt.Errorf("%w: %w", errNotMade, failure))
	case string(last.token) != string(made.token):
		return s.failed(fmt.Errorf("%w: %w", errNotMade, failure))
	}
	return nil
}
