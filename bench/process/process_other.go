// SPDX-License-Identifier: Apache-2.0

//go:build !linux

// Package process reads what a process costs, and pins processes to cores. Linux only: elsewhere every function returns an
// error.
package process

import (
	"errors"
	"time"
)

var errNotLinux = errors.New("measurements need /proc of Linux")

// CPU returns an error.
func CPU(int) (time.Duration, error) { return 0, errNotLinux }

// RSS returns an error.
func RSS(int) (int, error) { return 0, errNotLinux }

// Cores returns an error.
func Cores() ([]int, error) { return nil, errNotLinux }

// Yield does nothing.
func Yield() {}

// Pinned returns an error.
func Pinned([]int, func() error) error { return errNotLinux }
