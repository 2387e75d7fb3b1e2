// SPDX-License-Identifier: Apache-2.0

// Package postgrestest runs a PostgreSQL for tests, with the build tag control. It fails a test where there is none on the machine.
package postgrestest
