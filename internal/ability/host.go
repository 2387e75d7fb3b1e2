// SPDX-License-Identifier: Apache-2.0

package ability

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/facts"
)

// Host is an adapter on a version of Envoy.
type Host struct {
	Adapter Adapter
	// Envoy is the minor version, as in "1.39"; "" for every supported one.
	Envoy string
	// Fields are the facts that it can read.
	Fields facts.Fields
	// SeesEarlyReplies reports whether it sees what Envoy answers before the filter chain: 400, 426, 431.
	SeesEarlyReplies bool
	// AddsBodies reports whether it can give a body to a reply that has none without sending another reply.
	AddsBodies bool
	// LabelsCounters reports whether its counters have labels; else what they count is part of their names.
	LabelsCounters bool

	// release is the ABI whose list of attributes binds it; none for a host that can read all that Envoy has.
	release release
}

// hosts are all hosts, the newest Envoy of an adapter first. No Envoy tells a module when a request began in the way that it tells a Wasm
// filter: the module looks at the clock when Envoy makes it a filter for the request.
var hosts = []Host{
	{Adapter: Wasm, Fields: ^facts.Fields(0)},
	{
		Adapter: Module, Envoy: "1.40",
		Fields:           ^facts.FieldHostMetadata,
		SeesEarlyReplies: true, AddsBodies: true, LabelsCounters: true,
		release: envoy140,
	},
	{
		Adapter: Module, Envoy: "1.39",
		Fields:           ^(facts.FieldHostMetadata | facts.FieldVirtualHost),
		SeesEarlyReplies: true, AddsBodies: true, LabelsCounters: true,
		release: envoy139,
	},
}

// Hosts lists all hosts: that of each adapter, the newest Envoy first.
func Hosts() []Host { return hosts }

// Find is the host that is called text: an adapter, or "ADAPTER@VERSION" with the version of an Envoy, of which the first two
// numbers count. Without a version it is that on the newest Envoy.
func Find(text string) (Host, error) {
	name, version, exact := strings.Cut(text, "@")
	adapter, err := ParseAdapter(name)
	if err != nil { // which does not name the versions
		return Host{}, fmt.Errorf("unknown adapter %q; use %s", text, strings.Join(Names(), ", "))
	}
	for _, host := range hosts {
		if host.Adapter == adapter && (!exact || host.runsOn(version)) {
			return host, nil
		}
	}
	return Host{}, fmt.Errorf("the %s was not tested with Envoy %q; use %s", adapter, version, strings.Join(Names(), ", "))
}

// Names are what Find takes, without those that name an adapter alone where it has several hosts.
func Names() []string {
	names := make([]string, 0, len(hosts))
	for _, host := range hosts {
		names = append(names, host.Name())
	}
	return names
}

// Tells reports whether it can read the attribute with a path (facts.AttributePath).
func (h Host) Tells(path string) bool {
	return h.release == 0 || isShallow(path) || h.release.reads(path)
}

// runsOn reports whether a version of Envoy, as in "1.39" and "1.39.3", is that of the host.
func (h Host) runsOn(version string) bool {
	return version != "" && (h.Envoy == "" || version == h.Envoy || strings.HasPrefix(version, h.Envoy+"."))
}

// Name is what Find takes for the host.
func (h Host) Name() string {
	if h.Envoy == "" {
		return string(h.Adapter)
	}
	return string(h.Adapter) + "@" + h.Envoy
}

// String names the host in a sentence.
func (h Host) String() string {
	if h.Envoy == "" {
		return "the " + string(h.Adapter) + " filter"
	}
	return "the " + string(h.Adapter) + " on Envoy " + h.Envoy
}
