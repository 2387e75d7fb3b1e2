// SPDX-License-Identifier: Apache-2.0

package envoyrun

import "syscall"

// ownGroup keeps Ctrl-C, which goes to the whole group of a terminal, from Envoy: its parent stops it. Should the parent
// be killed, Envoy ends, too.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGTERM}
}
