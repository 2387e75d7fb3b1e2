// SPDX-License-Identifier: Apache-2.0

// Command gwr says what clients of Envoy see when the gateway refuses or fails a request. docs/gwr.md is its manual.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"gatewayresponses/internal/cli"
)

func main() {
	os.Exit(run())
}

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return cli.Run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
}
