// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"gatewayresponses/config"
	"gatewayresponses/internal/accesslog"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
)

// exchangeFlags are flags that describe an exchange.
type exchangeFlags struct {
	exchange.Exchange
	typeName, flags, body, time       string
	headers, replyHeaders, attributes []string
}

// add adds the flags to a command.
func (x *exchangeFlags) add(flags *pflag.FlagSet) {
	flags.StringVar(&x.typeName, "type", "", "an error of this gateway response `type`; the rest of it is what Envoy says most often")
	flags.StringVar(&x.Error.Details, "details", "", "Envoy's response code `details`, as the access log has them")
	flags.StringVar(&x.flags, "flags", "", "response `flags` of Envoy, as UF,URX")
	flags.IntVar(&x.Error.Status, "status", 0, "the status that Envoy gave the error")
	flags.StringVar(&x.Error.Owner, "owner", "", "the configured `name` of the filter that sent the reply")
	flags.StringVar(&x.body, "body", "", "the `body` of the reply")
	flags.StringArrayVar(&x.replyHeaders, "reply-header", nil, "a `header` of the reply, 'name: value'; can be repeated")
	flags.BoolVar(&x.Error.Upstream, "upstream", false, "an upstream sent the reply")

	flags.StringVar(&x.Request.Method, "method", exchange.DefaultMethod, "the `method` of the request")
	flags.StringVar(&x.Request.Path, "path", exchange.DefaultPath, "the `path` of the request, with the query")
	flags.StringVar(&x.Request.Host, "host", exchange.DefaultHost, "the `host` of the request")
	flags.StringVar(&x.Request.Scheme, "scheme", exchange.DefaultScheme, "the `scheme` of the request")
	flags.StringVar(&x.Request.Protocol, "protocol", exchange.DefaultProtocol, "the `protocol` of the request")
	flags.StringArrayVarP(&x.headers, "header", "H", nil, "a `header` of the request, 'name: value'; can be repeated")
	flags.StringVar(&x.Request.Source, "source", "", "the address of the client, `ip:port`")
	flags.StringVar(&x.time, "time", "", "the `time` at which the request began, as 2026-01-02T03:04:05Z")

	flags.StringVar(&x.Envoy.DocumentRoute, "route", "", "what the metadata of Envoy's route names: a `route` of the document, off or observe")
	flags.StringVar(&x.Envoy.RouteDocument, "route-document", "", "the route document in that metadata, as `JSON`")
	flags.StringVar(&x.Envoy.RouteName, "route-name", "", "the `name` of Envoy's route")
	flags.StringVar(&x.Envoy.VirtualHost, "virtual-host", "", "the `name` of Envoy's virtual host")
	flags.StringVar(&x.Envoy.Cluster, "cluster", "", "the `name` of Envoy's cluster")
	flags.StringVar(&x.Envoy.Upstream, "upstream-host", "", "the address of the upstream's host, `ip:port`")
	flags.StringArrayVar(&x.attributes, "attribute", nil, "an attribute, `name=value`, by its name in docs/observability.md; can be repeated")
}

// names are the names of all flags of an exchange.
func (x *exchangeFlags) names() []string {
	var other exchangeFlags
	flags := pflag.NewFlagSet("", pflag.ContinueOnError)
	other.add(flags)
	var names []string
	flags.VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
	return names
}

// isError reports whether the flags describe an error.
func (x *exchangeFlags) isError() bool {
	return x.typeName != "" || x.Error.Details != "" || x.flags != "" || x.Error.Status != 0 || x.Error.Owner != "" || x.Error.Upstream
}

// read is the exchange that the flags describe.
func (x *exchangeFlags) read(hasBody bool) (exchange.Exchange, error) {
	read := x.Exchange
	read.Error.Type = typeCalled(x.typeName)
	if hasBody {
		read.Error.Body = &x.body
	}
	var unknown string
	if read.Error.Flags, unknown = exchange.ParseFlags(x.flags); unknown != "" {
		return read, fmt.Errorf(`--flags: %s is no response flag; use the short names of access logs, such as "UT"`, quote.Text(unknown))
	}
	if x.time != "" {
		at, err := time.Parse(time.RFC3339, x.time)
		if err != nil {
			return read, fmt.Errorf(`--time: %s is no time; write it as "2026-01-02T03:04:05Z"`, quote.Text(x.time))
		}
		read.Request.Time = at
	}
	var errs []error
	if path := read.Request.Path; path != "*" && !strings.HasPrefix(path, "/") {
		errs = append(errs, fmt.Errorf(`--path: %s is no path of a request; one begins with "/"`, quote.Text(path)))
	}
	if status := read.Error.Status; status != 0 && (status < 300 || status > 599) {
		errs = append(errs, fmt.Errorf("--status: %d is no status of an error or a redirect; use 300 to 599", status))
	}
	read.Request.Headers = parseHeaders("--header", x.headers, &errs)
	read.Error.Headers = parseHeaders("--reply-header", x.replyHeaders, &errs)
	if host, found := read.Request.Headers.First("host"); found {
		errs = append(errs, fmt.Errorf("--header: write --host %s for the host", host))
	}
	read.Envoy.Attributes = parseAttributes(x.attributes, &errs)
	return read, errors.Join(errs...)
}

// typeCalled is the type of a name, which is written in any case. It need not exist.
func typeCalled(name string) config.ResponseType {
	if t, known := config.ParseResponseType(strings.ToUpper(name)); known {
		return t
	}
	return config.ResponseType(strings.ToUpper(name))
}

// parseHeaders reads headers as curl does.
func parseHeaders(flag string, texts []string, errs *[]error) facts.Headers {
	var headers facts.Headers
	for _, text := range texts {
		name, value, ok := strings.Cut(text, ":")
		if name = strings.ToLower(strings.TrimSpace(name)); !ok || name == "" {
			*errs = append(*errs, fmt.Errorf("%s: %s is no header; write 'name: value'", flag, quote.Text(text)))
			continue
		}
		headers = append(headers, facts.Header{Name: name, Value: strings.TrimSpace(value)})
	}
	return headers
}

// parseAttributes reads attributes with their values.
func parseAttributes(texts []string, errs *[]error) facts.Attributes {
	if len(texts) == 0 {
		return nil
	}
	attributes := facts.Attributes{}
	for _, text := range texts {
		name, value, ok := strings.Cut(text, "=")
		path := accesslog.AttributePath(name)
		if !ok || path == "" {
			*errs = append(*errs, fmt.Errorf("--attribute: %s is none; write 'metadata.NS/KEY=value', 'filterState.KEY=value', "+
				"'attribute.a.b=value' or 'route_metadata.NS/KEY=value'", quote.Text(text)))
			continue
		}
		attributes[path] = value
	}
	return attributes
}
