// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyfacts"
)

// provocation is a way to make Envoy send a reply with certain details.
type provocation struct {
	// name is the path, without the slash, that a route of its own answers.
	name string
	// details are an entry of internal/classify/testdata/details*.csv.
	details string
	// says are the details that come, where the entry leaves all to others.
	says string
	// filter names the filter that the route turns on, "" for none.
	filter string
	// also names a second filter that the route turns on.
	also string
	// perRoute is what the route says to the filter, as YAML in one line; "" only turns it on.
	perRoute string
	// action is what the route does, as YAML; "" sends to the cluster down, which nothing should reach.
	action string
	// request is what is sent to the path, to which the request's own path is added; the method is GET by default.
	request envoytest.Request
	// match is what the route is for, as YAML in one line; "" is the path.
	match string
	// partial, with a body that is not all of it, is sent over HTTP/1.1 as it is, behind the first lines of the request,
	// which is a POST by default.
	partial string
	// rest is sent a while after partial.
	rest string
	// last is the filter at the end of the chain, "" for the router.
	last string
	// before changes the state of Envoy, until the test ends.
	before func(*provokedProxy, *testing.T)
	// beside is how many requests like this one are open while it is sent.
	beside int
	// tries is how often the request is sent until the details come, 0 for once.
	tries int
	// since and until are the first and the last minor version of Envoy 1 that send the details, 0 for any.
	since, until int
	// envoy and aws are the types in the two dialects: "-" for replies that are left alone, aws "" for the same.
	envoy, aws string
}

// provocations are all rows.
func provocations() []provocation {
	return slices.Concat(
		tokenRows, authRows, filterRows, oauthRows, loginRows, grpcRows, protocolRows, routerRows, upstreamRows, timerRows,
		toolRows, bridgeRows, forwardRows, processorRows, extensionRows, clusterRows, exchangeRows, stateRows,
	)
}

// on reports whether a version of Envoy sends the details.
func (p provocation) on(minor int) bool {
	return minor >= p.since && (p.until == 0 || minor <= p.until)
}

// want is the type in a dialect.
func (p provocation) want(dialect string) string {
	if dialect == "aws" && p.aws != "" {
		return p.aws
	}
	return p.envoy
}

// TestProvoke makes Envoy send every reply of the rows, and compares its details and the type that the filter found. With
// -update it writes which details this version sends to the file that docs/classification.md is made from.
func TestProvoke(t *testing.T) {
	minor := envoytest.EnvoyMinor
	entries := envoyfacts.Visible()
	p := startProvoked(t, minor)
	var provoked []string
	all := true
	for _, row := range provocations() {
		if !slices.Contains(entries, row.details) {
			t.Errorf("%s: no entry of the facts has the details %q", row.name, row.details)
		}
		if !row.on(minor) {
			continue
		}
		ran := false
		t.Run(row.name, func(t *testing.T) {
			ran = true
			for _, dialect := range []string{"envoy", "aws"} {
				row.provoke(t, p, dialect)
			}
			if !t.Failed() && !slices.Contains(provoked, row.details) {
				provoked = append(provoked, row.details)
			}
		})
		all = all && ran
	}
	t.Logf("Envoy 1.%d sent %d of the %d details that a filter can see", minor, len(provoked), len(entries))
	if t.Failed() || !all { // -run can leave rows out
		return
	}
	compareProvoked(t, minor, provoked)
}

// provoke sends the requests of a row to the listener of a dialect.
func (p provocation) provoke(t *testing.T, envoy *provokedProxy, dialect string) {
	t.Helper()
	address := envoy.Address(t, dialect+p.last)
	if p.before != nil {
		p.before(envoy, t)
	}
	var line envoytest.AccessLine
	pattern := detailsPattern(p.details)
	if p.says != "" {
		pattern = detailsPattern(p.says)
	}
	for range max(p.tries, 1) {
		if line = p.try(t, envoy.Proxy, address); pattern.MatchString(line["details"]) {
			break
		}
	}
	if !pattern.MatchString(line["details"]) {
		t.Errorf("%s: the details are %q and the status %s, want %q", dialect, line["details"], line["status"], p.details)
	} else if line["type"] != p.want(dialect) {
		t.Errorf("%s: the type is %s, want %s, for the status %s and %q", dialect, line["type"], p.want(dialect), line["status"], line["details"])
	}
}

// try sends one request and returns its line in the access log.
func (p provocation) try(t *testing.T, envoy *envoytest.Proxy, address string) envoytest.AccessLine {
	t.Helper()
	for range p.beside {
		defer p.hold(t, address, envoytest.NewID())()
	}
	if p.beside > 0 {
		time.Sleep(restDelay) // Envoy looks at connections in any order
	}
	id := envoytest.NewID()
	if p.partial != "" {
		defer p.hold(t, address, id)()
	} else {
		envoytest.Clients[0].Send(t, "http://"+address, id, p.sent())
	}
	return envoy.AccessLine(t, id)
}

// sent is the request, with what is the same in all rows.
func (p provocation) sent() envoytest.Request {
	r := p.request
	if r.Method == "" {
		r.Method = http.MethodGet
	}
	r.Path = "/" + p.name + r.Path
	return r
}

var (
	// variable are the parts of details in the facts that vary: placeholders, and what may be left out.
	variable = regexp.MustCompile(`\[[|,][^]]*\]|<[^>]*>`)
	space    = regexp.MustCompile(`\s`)
)

// detailsPattern matches the details of an entry as the access log prints them.
func detailsPattern(details string) *regexp.Regexp {
	var b strings.Builder
	end := 0
	for _, at := range variable.FindAllStringIndex(details, -1) {
		b.WriteString(regexp.QuoteMeta(space.ReplaceAllString(details[end:at[0]], "_")) + ".*")
		end = at[1]
	}
	b.WriteString(regexp.QuoteMeta(space.ReplaceAllString(details[end:], "_")))
	return regexp.MustCompile("^" + b.String() + "$")
}
