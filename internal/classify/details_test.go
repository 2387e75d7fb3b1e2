// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/envoyfacts"
	"gatewayresponses/internal/facts"
)

// entry is what Envoy's source says about one details string.
type entry struct{ envoyfacts.Fact }

// example is one reply that an entry describes.
type example struct {
	entry entry
	reply facts.Reply
}

// entries are all that Envoy's source says.
func entries() []entry {
	var all []entry
	for _, fact := range envoyfacts.All() {
		all = append(all, entry{fact})
	}
	return all
}

// readExamples turns every entry into replies: each variant of its details, statuses, flags and bodies.
func readExamples(t testing.TB) []example {
	t.Helper()
	var examples []example
	for _, e := range entries() {
		for _, details := range e.allDetails() {
			for _, status := range e.allStatuses(t, details) {
				for _, flags := range e.allFlags(t) {
					for _, hasBody := range e.allBodies() {
						reply := facts.Reply{Status: status, Details: details, Flags: flags, Owner: e.owner(), HasBody: hasBody}
						examples = append(examples, example{e, reply})
					}
				}
			}
		}
	}
	return examples
}

var (
	optional    = regexp.MustCompile(`\[([|,][^]]*)\]`)
	placeholder = regexp.MustCompile(`<[^>]*>`)
)

// samples are what placeholders in details may stand for; any other stands for "sample".
var samples = map[string][]string{
	"<CODE>":                     {"INVALID_ARGUMENT", "FAILED_PRECONDITION", "NOT_FOUND", "INTERNAL"},
	"<Status words with spaces>": {"Bad Request", "FAILED_PRECONDITION", "Forbidden"},
	"<policy_id|none>":           {"none", "ns[shop]-policy[deny]-rule[0]"},
	"<transport_failure_reason>": {"delayed_connect_error:_Connection_refused"},
	"<...>":                      {"", ": response code: 500, response body: {}"},
}

// mapped are the statuses that filters make of the codes among the samples.
var mapped = map[string]int{
	"INVALID_ARGUMENT": 400, "FAILED_PRECONDITION": 400, "NOT_FOUND": 404, "INTERNAL": 500, "Bad Request": 400, "Forbidden": 403,
}

// chosen are statuses for the places where somebody else than Envoy chooses one.
var chosen = map[string][]int{
	"-":                       {0},
	"<any>":                   {403, 500},
	"<any; default 200>":      {403, 500},
	"<authz>":                 {401, 404, 429, 503},
	"<cached>":                {503},
	"<cfg>":                   {429, 503},
	"<errno-mapped>":          {500},
	"<errno-mapped> or reset": {500},
	"<lb>":                    {500},
	"<upstream status>":       {403},
	"<upstream>":              {403, 500},
}

// variants are the texts with and without an optional part such as [|<x>].
func variants(text string) []string {
	if !optional.MatchString(text) {
		return []string{text}
	}
	return []string{optional.ReplaceAllString(text, ""), optional.ReplaceAllString(text, "$1")}
}

func (e entry) allDetails() []string {
	texts := variants(e.Details)
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		var filled []string
		for _, text := range texts {
			if !strings.Contains(text, name) {
				filled = append(filled, text)
				continue
			}
			for _, sample := range samples[name] {
				filled = append(filled, strings.ReplaceAll(text, name, sample))
			}
		}
		texts = filled
	}
	for i, text := range texts {
		texts[i] = placeholder.ReplaceAllString(text, "sample")
	}
	return texts
}

func (e entry) allStatuses(t testing.TB, details string) []int {
	t.Helper()
	if e.Status == "<grpc-mapped>" || e.Status == "<strict policy mapped>" {
		for code, status := range mapped {
			if strings.Contains(details, code) {
				return []int{status}
			}
		}
		t.Fatalf("details %q hold no code that tells the status; add one to mapped", details)
	}
	var statuses []int
	for alternative := range strings.SplitSeq(e.Status, "|") {
		if some, ok := chosen[alternative]; ok {
			statuses = append(statuses, some...)
			continue
		}
		number, configurable := strings.CutPrefix(alternative, "cfg:")
		status, err := strconv.Atoi(number)
		if err != nil {
			t.Fatalf("details %q have the status %q; want a number, or add it to chosen", e.Details, alternative)
		}
		statuses = append(statuses, status)
		if configurable {
			statuses = append(statuses, 429, 503)
		}
	}
	slices.Sort(statuses)
	return slices.Compact(statuses)
}

func (e entry) allFlags(t testing.TB) []facts.Flags {
	t.Helper()
	var all []facts.Flags
	for _, variant := range variants(e.Flags) {
		for alternative := range strings.SplitSeq(variant, "|") {
			all = append(all, parseFlags(t, alternative))
		}
	}
	return all
}

func (e entry) allBodies() []bool {
	switch e.HeaderOnly {
	case "yes":
		return []bool{false}
	case "maybe":
		return []bool{false, true}
	default:
		return []bool{true}
	}
}

// owner is the filter that Envoy names as the owner of the reply; its other parts are not filters.
func (e entry) owner() string {
	name, _, _ := strings.Cut(e.Filter, "(")
	switch name {
	case "hcm", "codec_http1", "codec_http2", "codec_http3", "uhv", "filter_manager", "core", "upstream_codec":
		return ""
	default:
		return name
	}
}

// parseFlags is the mask of several flags, as access logs print it.
func parseFlags(t testing.TB, text string) facts.Flags {
	t.Helper()
	var flags facts.Flags
	for name := range strings.SplitSeq(text, ",") {
		flag := facts.ParseFlag(name)
		if flag == 0 && name != "-" {
			t.Fatalf("%q has the flag %q, which package facts does not know", text, name)
		}
		flags |= flag
	}
	return flags
}
