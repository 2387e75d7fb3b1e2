// SPDX-License-Identifier: Apache-2.0

// Command gwr says what clients of Envoy see when the gateway refuses or fails a request. docs/gwr.md is its manual.
package main

import (
	"context"
	"os"

	"gatewayresponses/internal/cli"
)

func main() {
	os.Exit(cli.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
