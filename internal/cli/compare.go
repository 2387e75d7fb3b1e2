// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/commandline"
	"gatewayresponses/internal/compare"
	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/testfile"
)

// comparing are the arguments and flags of gwr compare.
type comparing struct {
	a, b                      string
	requests, inventory, path string
	format                    string
	timeout                   time.Duration
	options                   compare.Options
}

func newCompare(a *app) *cobra.Command {
	var c comparing
	cmd := &cobra.Command{
		Use:   "compare URL_A URL_B",
		Short: "Send the same bad requests to two gateways and show how the replies differ",
		Long: `compare sends requests to two gateways, say AWS and Envoy, and shows where the replies differ, in status, headers or body.
Bodies that are JSON are compared as JSON. It exits with 1 when something differs.

The requests are those of a file: a test file of gwr test, of which only the requests count, or a list. In a list a request is
a line such as GET /orders, with headers on the lines below and, behind an empty line, a body; a line ### NAME separates
requests. Or they are made from the report of gwr import: for each type in its inventory that a single request can raise.

It asks only these two, does not follow redirects, and sends at most 1,000 requests. What differs in every reply is left out:
the date, what follows from body and connection, and the ids of requests, in headers and where bodies quote them.`,
		Example: `  gwr compare https://a1b2c3.execute-api.eu-west-1.amazonaws.com/prod http://localhost:10000 --requests gwr.test.yaml
  gwr import openapi.yaml --report report.json --out gwr.yaml
  gwr compare https://api.example.com http://localhost:10000 --inventory report.json --path /orders -o markdown`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, addresses []string) error {
			c.a, c.b = addresses[0], addresses[1]
			return a.compare(cmd, &c)
		},
	}
	addFormat(cmd, &c.format, "text", "json", "markdown")
	flags := cmd.Flags()
	flags.StringVar(&c.requests, "requests", "", "the `file` of requests")
	flags.StringVar(&c.inventory, "inventory", "", "the `file` with the report of gwr import to make requests from")
	flags.StringVar(&c.path, "path", "/", "the `path` of a method of the API, for --inventory")
	flags.StringArrayVar(&c.options.IgnoreHeaders, "ignore", nil, "a `header` that may differ, or body for the body; can be repeated")
	flags.StringArrayVar(&c.options.IgnoreMembers, "ignore-member", nil, "a member of JSON bodies that may differ, `name.name`; can be repeated")
	flags.Float64Var(&c.options.Rate, "rate", 10, "how many requests a second each gateway gets, 0.1 to 100")
	flags.DurationVar(&c.timeout, "timeout", 10*time.Second, "how long a reply may take, at most a minute")
	return cmd
}

// compare asks both gateways and prints the report.
func (a *app) compare(cmd *cobra.Command, c *comparing) error {
	first, second, err := c.gateways()
	if err != nil {
		return usageOf(cmd, err)
	}
	requests, err := a.requestsOf(c)
	if err != nil {
		return err
	}
	ctx, stop := commandline.UntilInterrupt(cmd.Context())
	defer stop()
	report, err := compare.Run(ctx, first, second, requests, c.options)
	if err != nil {
		return commandline.UnlessInterrupted(ctx, unreadable(err))
	}
	switch c.format {
	case "json":
		err = a.json(report)
	case "markdown":
		err = report.Markdown(a.out)
	default:
		err = report.Text(a.out)
	}
	if err == nil && report.Differ > 0 {
		return errFindings
	}
	return err
}

// gateways checks what was asked for.
func (c *comparing) gateways() (first, second *compare.Gateway, err error) {
	switch {
	case c.requests == "" && c.inventory == "":
		return nil, nil, errors.New("what to send is missing: use one of --requests and --inventory")
	case c.requests != "" && c.inventory != "":
		return nil, nil, errors.New("--requests and --inventory both say what to send; use one of them")
	case c.options.Rate < 0.1 || c.options.Rate > 100:
		return nil, nil, fmt.Errorf("--rate %g is not between 0.1 and 100", c.options.Rate)
	case c.timeout <= 0 || c.timeout > time.Minute:
		return nil, nil, fmt.Errorf("--timeout %s is not above 0 and at most 1m", c.timeout)
	case !strings.HasPrefix(c.path, "/") || strings.ContainsAny(c.path, " ?#"):
		return nil, nil, fmt.Errorf("--path %q is not the path of a request, such as /orders", c.path)
	}
	if first, err = compare.NewGateway(c.a, c.timeout); err != nil {
		return nil, nil, err
	}
	second, err = compare.NewGateway(c.b, c.timeout)
	return first, second, err
}

// requestsOf reads the requests.
func (a *app) requestsOf(c *comparing) ([]compare.Request, error) {
	if c.inventory != "" {
		text, err := a.whole(c.inventory, compare.MaxSize)
		if err != nil {
			return nil, err
		}
		requests, unasked, err := compare.FromInventory(text, c.path)
		if len(unasked) > 0 {
			a.say("no single request raises %s; ask for them in a file of requests", listing.Words(unasked))
		}
		if err != nil {
			return nil, unreadable(fmt.Errorf("%s: %w", shown(c.inventory), err))
		}
		return requests, nil
	}
	text, err := a.whole(c.requests, compare.MaxSize)
	if err != nil {
		return nil, err
	}
	if holdsTests(c.requests) {
		file, found := testfile.Read(shown(c.requests), text)
		if file == nil {
			return nil, errors.Join(found.Text(a.err, colour(a.err)), errFindings)
		}
		return compare.FromTests(file), nil
	}
	requests, found := compare.Parse(shown(c.requests), string(text))
	if found.HasErrors() {
		return nil, errors.Join(found.Text(a.err, colour(a.err)), errFindings)
	}
	return requests, nil
}

// holdsTests reports whether a file of requests is one of gwr test, by its name.
func holdsTests(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}
