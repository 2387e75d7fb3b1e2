// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"testing"

	"gatewayresponses/e2e/envoytest"
)

func TestMain(m *testing.M) { envoytest.Main(m) }
