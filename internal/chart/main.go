// SPDX-License-Identifier: Apache-2.0

// Command chart packs the Helm chart.
//
//	chart deploy/helm/gateway-responses dist
//
// writes dist/gateway-responses-VERSION.tgz, whole or not at all, as helm package would. The same chart gives the same bytes: nothing
// of it knows a time or a machine.
package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gatewayresponses/internal/version"
	"gatewayresponses/internal/wholefile"
)

// name is that of the chart, and of the folder in the archive.
const name = "gateway-responses"

func main() {
	if err := run(os.Stdout, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "chart:", err)
		os.Exit(1)
	}
}

// run packs the chart that the first argument names into the folder that the second one names.
func run(out io.Writer, args []string) error {
	if len(args) != 2 {
		return fmt.Errorf("%d arguments; want the folder of the chart and the one to write to", len(args))
	}
	archive, err := pack(os.DirFS(args[0]))
	if err != nil {
		return fmt.Errorf("%s: %w", args[0], err)
	}
	file := filepath.Join(args[1], name+"-"+version.Number+".tgz")
	if err := wholefile.Replace(file, 0o644, archive); err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, file)
	return err
}
