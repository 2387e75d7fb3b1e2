// SPDX-License-Identifier: Apache-2.0

package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"

	"gatewayresponses/internal/store"
)

// Codes of PostgreSQL, from its Appendix A.
const (
	serializationFailure = "40001"
	deadlockDetected     = "40P01"
	readOnlyTransaction  = "25006"
	idleInTransaction    = "25P03"
	undefinedTable       = "42P01"
	tooManyConnections   = "53300"
	classConnection      = "08"
	classResources       = "53"
	classIntervention    = "57P"
)

// passing reports whether what failed may succeed when it is run again: the database was restarted, has changed its
// primary, had more connections than it takes, or gave up a transaction of a server that stood still.
func passing(err error) bool {
	if errors.Is(err, store.ErrUnknown) || errors.Is(err, context.Canceled) {
		return false
	}
	var said *pgconn.PgError
	if errors.As(err, &said) {
		switch said.Code {
		case serializationFailure, deadlockDetected, readOnlyTransaction, idleInTransaction:
			return true
		}
		return strings.HasPrefix(said.Code, classConnection) || strings.HasPrefix(said.Code, classIntervention) || said.Code == tooManyConnections
	}
	return lost(err)
}

// lost reports whether the connection was lost, or not made.
func lost(err error) bool {
	var network net.Error
	var connecting *pgconn.ConnectError
	return pgconn.SafeToRetry(err) || errors.As(err, &network) || errors.As(err, &connecting) ||
		errors.Is(err, pgconn.ErrConnClosed) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
}

// explain says what an error means.
func explain(err error) error {
	var said *pgconn.PgError
	if errors.As(err, &said) && said.Code == undefinedTable {
		return fmt.Errorf("the schema was not made yet: run gwrd migrate: %w", err)
	}
	if passing(err) || said != nil && strings.HasPrefix(said.Code, classResources) {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return err
}
