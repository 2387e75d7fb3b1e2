// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"slices"
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// unknown are the local replies, as details and filter, that no row can know, and why.
var unknown = map[[2]string]string{
	{"", "file_system_buffer(request)"}:                                    "Envoy gives no details",
	{"", "file_system_buffer(response)"}:                                   "Envoy gives no details",
	{"", "file_system_buffer"}:                                             "Envoy gives no details",
	{"", "golang(contrib, plugin panic)"}:                                  "Envoy gives no details",
	{"", "custom_response(LocalResponsePolicy)"}:                           "Envoy gives no details; the owner wrote the reply",
	{"", "missing ECDS filter config"}:                                     "Envoy gives no details; the flag NFCF tells",
	{"<load-balancer supplied host-selection details>", lbDetails}:         "the load balancer's text; the flag UH tells",
	{"<immediate_response.details; empty allowed>", "ext_proc(immediate)"}: "user code",
	{"<plugin supplied; empty from Go SDK>", "wasm(send_local_response)"}:  "user code",
	{"<module supplied>", "dynamic_modules"}:                               "user code",
	{"<plugin supplied>", "golang(contrib)"}:                               "user code",
}

const lbDetails = "router(async LB / ext LB)"

// TestErrorsAreKnown holds that the table knows every error that Envoy's source can send.
func TestErrorsAreKnown(t *testing.T) {
	met := map[[2]string]bool{}
	for _, example := range readExamples(t) {
		if example.entry.Kind != "local_reply" || example.reply.Status < 400 {
			continue
		}
		result := Classify(&example.reply, Envoy)
		key := [2]string{example.entry.Details, example.entry.Filter}
		_, mayBeUnknown := unknown[key]
		met[key] = true
		if known := result.Known || result.Upstream; known == mayBeUnknown {
			t.Errorf("details %q of %s: known = %v, listed as unknown = %v", example.reply.Details, example.entry.Filter, known, mayBeUnknown)
		}
	}
	for key := range unknown {
		if !met[key] {
			t.Errorf("no entry has the details %q of %s that are listed as unknown", key[0], key[1])
		}
	}
}

// TestRowsAreReached holds that each row is the first to match some reply, so that no row is dead or shadowed.
func TestRowsAreReached(t *testing.T) {
	reached := map[*row]bool{}
	for _, example := range readExamples(t) {
		if r := find(example.reply.Details, example.reply.Status); r != nil {
			reached[r] = true
		}
	}
	for r := range rows() {
		if !reached[r] {
			t.Errorf("row %q, status %d: no example reaches it", r.pattern, r.status)
		}
	}
}

// TestRowsAreSound holds what the rest of the package takes for granted of a row.
func TestRowsAreSound(t *testing.T) {
	for r := range rows() {
		if r.pattern == "" || strings.HasPrefix(r.pattern, "*") {
			t.Errorf("pattern %q begins with a star: what a client sent could match it", r.pattern)
		}
		if printed(r.pattern) != r.pattern {
			t.Errorf("pattern %q has white space, which never matches", r.pattern)
		}
		if (r.types.envoy == "") && (r.types.aws != "" || r.broader != "") {
			t.Errorf("pattern %q has a type for AWS or a broader one, but none of its own", r.pattern)
		}
		if r.author == somebody && r.types != (types{}) {
			t.Errorf("pattern %q is deliberate and has a type: an entry could replace it", r.pattern)
		}
		for _, got := range []config.ResponseType{r.types.envoy, r.types.aws, r.broader} {
			if got != "" && got != anyFamily && !slices.Contains(config.ResponseTypes(), got) {
				t.Errorf("pattern %q has the type %q, which does not exist", r.pattern, got)
			}
		}
	}
}

// TestEveryFlagIsJudged holds that each of Envoy's flags tells a type, or is said not to.
func TestEveryFlagIsJudged(t *testing.T) {
	var judged []string
	for _, r := range flagTable {
		judged = append(judged, r.flag)
	}
	for _, r := range silentFlags {
		judged = append(judged, r.flag)
	}
	slices.Sort(judged)
	var want []string
	for bit := range 64 {
		if name := facts.Flags(1 << bit).String(); name != "-" {
			want = append(want, name)
		}
	}
	slices.Sort(want)
	if !slices.Equal(judged, want) {
		t.Errorf("flags judged = %q\nwant each of Envoy's once: %q", judged, want)
	}
}

// rows yields all rows of the table in order.
func rows() func(func(*row) bool) {
	return func(yield func(*row) bool) {
		for _, family := range table {
			for i := range family.rows {
				if !yield(&family.rows[i]) {
					return
				}
			}
		}
	}
}
