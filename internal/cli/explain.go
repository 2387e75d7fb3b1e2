// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"bytes"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/accesslog"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/explain"
)

// explainOptions are the flags of gwr explain.
type explainOptions struct {
	exchange                exchangeFlags
	logLine, fields, format string
	adapter                 ability.Host
	// hasBody reports that the reply has a body that was given, be it empty.
	hasBody bool
}

func newExplain(a *app) *cobra.Command {
	var o explainOptions
	cmd := &cobra.Command{
		Use:   "explain [DOCUMENT]",
		Short: "Say what a client sees of one error, and why",
		Long: `explain takes one error through a document and shows each step of the decision with its reason: the route, the type, the
entry, the status, the body with its variables, header by header what happened to it, and what the client gets in the end.
The steps are those of the filter in Envoy.

Say which error it is by its type, or as the access log has it: by its details, flags, status and owner. What is left open is
what Envoy says most often, and named as assumed. Or paste a line of the access log: --log-line - reads it from stdin.

Without DOCUMENT, or with -, it is read from stdin.`,
		Example: `  gwr explain gwr.yaml --type THROTTLED
  gwr explain gwr.yaml --details route_not_found --path /v1/pets -H 'accept: text/html'
  grep r-1234 access.log | gwr explain gwr.yaml --log-line -`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if o.logLine == "" && !o.exchange.isError() {
				return usageOf(cmd, errors.New("say which error: --type, --details, --flags, --status, --owner, --upstream or --log-line"))
			}
			o.hasBody = cmd.Flags().Changed("body")
			return a.explain(orStdin(args)[0], o)
		},
	}
	addFormat(cmd, &o.format, "text", "json")
	addAdapter(cmd, &o.adapter, "which `adapter` sees the error, and its Envoy")
	o.exchange.add(cmd.Flags())
	cmd.Flags().StringVar(&o.logLine, "log-line", "", "a `file` whose first line is one of an access log, or - for stdin, in the place of flags")
	cmd.Flags().StringVar(&o.fields, "fields", "", "a `file` that maps the names of docs/observability.md to those of the log, YAML or JSON")
	for _, flag := range o.exchange.names() {
		cmd.MarkFlagsMutuallyExclusive("log-line", flag)
	}
	return cmd
}

// explain runs gwr explain.
func (a *app) explain(name string, o explainOptions) error {
	checked, err := a.loadFor(name, o.adapter)
	if err != nil {
		return err
	}
	document := exchange.Document{Config: checked.Document, Program: checked.Program}
	written, lacks, err := a.writtenExchange(o)
	if err != nil {
		return err
	}
	made, err := exchange.Make(written, document)
	if err != nil {
		return usage(err)
	}
	o.adapter.Withhold(&made.Facts)
	explained := explain.Of(document, made)
	if o.adapter.SeesEarlyReplies {
		explained.SeesEarlyReplies()
	}
	explained.LogLacks = lacks
	if o.format == "json" {
		return a.json(explained)
	}
	return explained.Text(a.out, colour(a.out))
}

// writtenExchange is the exchange that flags describe or a line of a log, and what the line lacks.
func (a *app) writtenExchange(o explainOptions) (written exchange.Exchange, lacks []string, err error) {
	if o.logLine != "" {
		return a.logLine(o.logLine, o.fields)
	}
	if written, err = o.exchange.read(o.hasBody); err != nil {
		return written, nil, usage(err)
	}
	return written, nil, nil
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
	if len(first) == 0 {
		return exchange.Exchange{}, nil, unreadable(fmt.Errorf("%s: there is no line of a log", shown(name)))
	}
	line, err := accesslog.NewParser(fields).Parse(bytes.TrimSpace(first))
	if err != nil {
		return exchange.Exchange{}, nil, unreadable(fmt.Errorf("%s: %w", shown(name), err))
	}
	return line.Exchange(), line.Lacks(), nil
}
