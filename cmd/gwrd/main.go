// SPDX-License-Identifier: Apache-2.0

// Command gwrd serves AWS's API for gateway responses and delivers what is deployed to Envoys. docs/gwrd.md is its manual.
package main

import (
	"context"
	"os"

	"gatewayresponses/internal/server/command"
)

func main() {
	os.Exit(command.Run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
