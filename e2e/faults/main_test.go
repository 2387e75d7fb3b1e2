// SPDX-License-Identifier: Apache-2.0

package faults

import (
	"testing"

	"gatewayresponses/e2e/envoytest"
)

func TestMain(m *testing.M) { envoytest.MainWith(m, adapter) }
