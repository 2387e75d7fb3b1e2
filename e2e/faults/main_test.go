// SPDX-License-Identifier: Apache-2.0

package faults

import (
	"fmt"
	"os"
	"testing"

	"gatewayresponses/e2e/envoytest"
)

func TestMain(m *testing.M) {
	if err := os.Setenv("ADAPTER", string(adapter)); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	envoytest.Main(m)
}
