// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"testing"

	"gatewayresponses/internal/store/postgrestest"
)

// TestGuide does what docs/server.md says, word by word but for the ports, and with more patience.
func TestGuide(t *testing.T) { newReader(t).follow(t, "../../docs/server.md") }

// TestOperate does what docs/operate.md says.
func TestOperate(t *testing.T) {
	r := newReader(t)
	r.texts["postgres://gwrd@db.example.com/gwrd"] = postgrestest.Start(t).Schema(t)
	r.follow(t, "../../docs/operate.md")
}
