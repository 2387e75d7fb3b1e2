// SPDX-License-Identifier: Apache-2.0

//go:build unix && !linux

package envoyrun

import "syscall"

// ownGroup keeps Ctrl-C, which goes to the whole group of a terminal, from Envoy: its parent stops it.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true}
}
