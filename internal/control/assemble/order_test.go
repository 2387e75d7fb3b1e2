// SPDX-License-Identifier: Apache-2.0

package assemble

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// The hosts and prefixes of random bindings, and of the requests to them. They nest, and overlap.
var (
	hosts    = []string{"", "*.example.com", "*.eu.example.com", "a.example.com", "b.example.com", "a.eu.example.com", "example.org", "*.org"}
	prefixes = []string{"", "/v1", "/v1/pets", "/v1/pets/beta", "/v2", "/v"}
	asked    = []string{"a.example.com", "b.example.com", "c.example.com", "a.eu.example.com", "c.eu.example.com", "x.y.eu.example.com", "example.org", "a.org", "example.com", "localhost:8080"}
	paths    = []string{"/", "/v1", "/v1/", "/v1/pets", "/v1/pets/beta/7", "/v1x", "/v2/a?x=/v1", "/v", "/v/1", "/other"}
)

// TestOrder says that each request goes to the stage that an oracle chooses: that with the closest host, and there with the longest
// prefix.
func TestOrder(t *testing.T) {
	chance := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		in := randomBindings(chance)
		document, found := made(in)
		if document == nil {
			t.Fatalf("%+v: %+v", in, found)
		}
		program, _ := document.Load()
		for _, host := range asked {
			for _, path := range paths {
				want := oracle(in, host, path)
				if got := stageOf(program, host, path); got != want {
					t.Fatalf("%s%s goes to %q, want %q; bindings %+v\n%s", host, path, got, want, in.Stages, document.Text)
				}
			}
		}
	}
}

// randomBindings binds stages to different places.
func randomBindings(chance *rand.Rand) Input {
	in := Input{Gateway: "default", Stages: make([]Stage, 1+chance.IntN(5))}
	for i := range in.Stages {
		in.Stages[i].API, in.Stages[i].Name = fmt.Sprintf("api%d", i), "prod"
	}
	for _, host := range hosts {
		for _, prefix := range prefixes {
			if chance.IntN(3) == 0 {
				stage := &in.Stages[chance.IntN(len(in.Stages))]
				stage.Bindings = append(stage.Bindings, Binding{Host: host, Prefix: prefix, Inherit: chance.IntN(2) == 0})
			}
		}
	}
	for i := range in.Stages {
		chance.Shuffle(len(in.Stages[i].Bindings), func(a, b int) {
			all := in.Stages[i].Bindings
			all[a], all[b] = all[b], all[a]
		})
	}
	return in
}

// oracle is the stage that a request belongs to, by the rule as it is told to people.
func oracle(in Input, host, path string) string {
	host, _, _ = strings.Cut(host, ":")
	path, _, _ = strings.Cut(path, "?")
	best, closest, longest := "", -1, -1
	for _, stage := range in.Stages {
		for _, b := range stage.Bindings {
			close := -1
			switch suffix, wildcard := strings.CutPrefix(b.Host, "*"); {
			case b.Host == "":
				close = 0
			case wildcard && strings.HasSuffix(host, suffix) && len(host) > len(suffix):
				close = len(suffix)
			case b.Host == host:
				close = 1000
			}
			if close < 0 || path != b.Prefix && !strings.HasPrefix(path, b.Prefix+"/") {
				continue
			}
			if close > closest || close == closest && len(b.Prefix) > longest {
				best, closest, longest = stage.Title(), close, len(b.Prefix)
			}
		}
	}
	return best
}

// stageOf is the stage whose route the engine finds for a request.
func stageOf(program *engine.Program, host, path string) string {
	f := facts.Facts{
		Request: facts.Request{Headers: facts.Headers{{Name: ":authority", Value: host}, {Name: ":path", Value: path}, {Name: ":method", Value: "GET"}}},
		Reply:   facts.Reply{Status: 404, Details: "route_not_found"},
	}
	name, _, _ := strings.Cut(program.Explain(&f).Place.Route, "@")
	return name
}
