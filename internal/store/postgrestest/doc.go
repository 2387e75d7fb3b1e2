// SPDX-License-Identifier: Apache-2.0

// Package postgrestest runs a PostgreSQL for tests, with the build tag control.
//
// It takes the programs of Debian's package postgresql, or those on PATH, and
// fails a test where there are none.
package postgrestest
