// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"testing"

	"gatewayresponses/e2e/envoytest"
)

func TestMain(m *testing.M) { envoytest.Main(m) }
