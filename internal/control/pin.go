// SPDX-License-Identifier: Apache-2.0

package control

import "time"

// Pin holds a gateway on an older revision.
type Pin struct {
	Revision int64 `json:"revision"`
	// By is who did it, Why what for.
	By  string    `json:"by"`
	Why string    `json:"why,omitempty"`
	At  time.Time `json:"at"`
}
