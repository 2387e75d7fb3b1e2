// SPDX-License-Identifier: Apache-2.0

// Package postgresrun runs a PostgreSQL of its own, for tests and measurements. Linux only: elsewhere nothing is found to run.
//
// It takes the programs of Debian's package postgresql, or those on PATH.
package postgresrun
