// SPDX-License-Identifier: Apache-2.0

//go:build !linux

package postgresrun

import (
	"errors"
	"syscall"
)

// owner returns an error.
func owner() (*syscall.SysProcAttr, error) {
	return nil, errors.New("a PostgreSQL of its own is run on Linux only")
}
