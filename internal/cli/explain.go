// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/accesslog"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/explain"
)

func newExplain(a *app) *cobra.Command {
	var x exchangeFlags
	var logLine, fields, format string
	cmd := &cobra.Command{
		Use:   "explain [DOCUMENT]",
		Short: "Say what a client sees of one error, and why",
		Long: `explain takes one error through a document and shows each step of the decision with its reason: the route, the type, the
entry, the status, the body with its variables, header by header what happened to it, and what the client gets in the end.
The steps are those of the filter in Envoy.

Say which error it is by its type, or as the access log has it: by its details, flags, status and owner. What is left open is
what Envoy says most often, and named as assumed. Or paste a line of the access log: --log-line - reads it from stdin.

Without DOCUMENT, or with -, it reads the document from stdin.`,
		Example: `  gwr explain gwr.yaml --type THROTTLED
  gwr explain gwr.yaml --details route_not_found --path /v1/pets -H 'accept: text/html'
  grep r-1234 access.log | gwr explain gwr.yaml --log-line -`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			name := orStdin(args)[0]
			if logLine == "" && !x.isError() {
				return usageOf(cmd, errors.New("say which error: --type, --details, --flags, --status, --owner, --upstream or --log-line"))
			}
			if onStdin([]string{name, fields, logLine}) > 1 {
				return usage(errors.New("only one of document, field map and log line can be stdin"))
			}
			document, err := a.whole(name)
			if err != nil {
				return err
			}
			read, err := x.read(cmd.Flags().Changed("body"))
			var lacks []string
			if logLine != "" {
				read, lacks, err = a.logLine(logLine, fields)
			}
			if err != nil {
				return err
			}
			made, err := exchange.Make(read, document)
			if err != nil {
				return usage(err)
			}
			explained := explain.Of(document, made)
			explained.LogLacks = lacks
			if format == "json" {
				return a.json(explained)
			}
			return explained.Text(a.out, colour(a.out))
		},
	}
	addFormat(cmd, &format, "text", "json")
	x.add(cmd.Flags())
	cmd.Flags().StringVar(&logLine, "log-line", "", "a file whose first line of JSON is of an access log, or - for stdin, in the place of flags")
	cmd.Flags().StringVar(&fields, "fields", "", "a map from the names of docs/observability.md to those of the log, YAML or JSON")
	for _, flag := range x.names() {
		cmd.MarkFlagsMutuallyExclusive("log-line", flag)
	}
	return cmd
}

// logLine is the exchange of the first line of a log, and what the line lacks.
func (a *app) logLine(name, fieldMap string) (exchange.Exchange, []string, error) {
	fields, err := a.logFields(fieldMap)
	if err != nil {
		return exchange.Exchange{}, nil, err
	}
	text, err := a.text(name, accesslog.MaxLine)
	if err != nil {
		return exchange.Exchange{}, nil, err
	}
	first, _, _ := bytes.Cut(bytes.TrimSpace(text), []byte("\n"))
	line, err := accesslog.NewParser(fields).Parse(bytes.TrimSpace(first))
	if err != nil {
		return exchange.Exchange{}, nil, unreadable(fmt.Errorf("%s: %w", shown(name), err))
	}
	return line.Exchange(), line.Lacks(), nil
}
