// SPDX-License-Identifier: Apache-2.0

//go:build module && fakeenvoy && faults

package main

import (
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/facts"
	"gatewayresponses/module/internal/filter"
)

// A text and a body that do not fit into the memory that C has for a list.
var (
	longText = strings.Repeat("n", 3*roomOfLists)
	longBody = strings.Repeat("o", 3*roomOfLists)
)

// asks is a document that has parts fail, and rewrites all errors. Those of the upstream with status 500 quote their bodies.
func asks(how string, parts ...string) string {
	var asked strings.Builder
	for _, part := range parts {
		fmt.Fprintf(&asked, `"x-%s": %q, `, part, how)
	}
	return fmt.Sprintf(`{%s"classification": [
		{"when": {"source": "upstream", "status": ["500"]}, "responseType": "X_QUOTED"},
		{"when": {"source": "upstream", "status": ["503"]}, "responseType": "X_FIXED"}],
	"gatewayResponses": {
		"DEFAULT_4XX": {"statusCode": 418, "responseTemplates": {"text/plain": %[2]q}},
		"X_FIXED": {"statusCode": 418, "responseTemplates": {"text/plain": %[2]q}},
		"X_QUOTED": {"statusCode": 418, "responseTemplates": {"text/plain": "was $context.envoy.body"}}}}`, asked.String(), longText)
}

// piecesOf is in how many chunks a long body comes.
const piecesOf = 13

// errorsToPlay are errors of Envoy, with a body and without, and of an upstream.
func errorsToPlay() map[string]fakeExchange {
	local := facts.Facts{Reply: facts.Reply{Status: 404, Details: "route_not_found"}}
	empty := exchangeOf(local, 0)
	local.Reply.Body = []byte("body")
	upstream := func(status int, headers ...facts.Header) fakeExchange {
		reply := facts.Reply{Status: status, Details: "via_upstream", Headers: headers, Body: []byte(longBody)}
		return exchangeOf(facts.Facts{Reply: reply}, len(longBody)/(piecesOf-1)-1)
	}
	quoted, ended, fixed := upstream(500), upstream(500, facts.Header{Name: "trailer", Value: "t"}), upstream(503)
	ended.trailers = facts.Headers{{Name: "t", Value: "v"}}
	fixed.trailers = ended.trailers
	return map[string]fakeExchange{"local": exchangeOf(local, 1), "empty": empty, "quoted": quoted, "ended": ended, "fixed": fixed}
}

// The replies to these errors when nothing fails, and when nothing is changed.
var (
	replaced = map[string]string{"local": "418 NEW", "empty": "418 NEW", "quoted": "418 was OLD", "ended": "418 was OLD", "fixed": "418 NEW"}
	original = map[string]string{"local": "404 body", "empty": "404", "quoted": "500 OLD", "ended": "500 OLD and trailers", "fixed": "503 OLD and trailers"}
)

// told is what a client gets, in short.
func told(r fakeReply) string {
	text := strings.NewReplacer(longText, "NEW", longBody, "OLD").Replace(fmt.Sprintf("%d %s", r.status, r.body))
	if len(r.trailers) > 0 {
		text += " and trailers"
	}
	if r.misuse > 0 {
		text += fmt.Sprintf(" after %d calls that Envoy would not expect", r.misuse)
	}
	return fmt.Sprintf("%.100s", strings.TrimSpace(text))
}

// mustLoad configures a filter, which ends with the test.
func mustLoad(t *testing.T, document string) *fakeFilter {
	t.Helper()
	loaded := fakeLoad(document)
	if loaded == nil {
		t.Fatal("the document is refused")
	}
	t.Cleanup(loaded.unload)
	return loaded
}

// panics is how many panics filters have counted, once what is left to count has been.
func panics(t *testing.T, filters ...*fakeFilter) uint64 {
	t.Helper()
	calm := mustLoad(t, asks("not", "decide"))
	calm.play(errorsToPlay()["local"])
	sum := calm.count(filter.Panics)
	for _, f := range filters {
		sum += f.count(filter.Panics)
	}
	return sum
}

// TestPanics has each part that an exchange goes through panic, for four workers at once. The client gets the original or the new reply;
// what comes too late for both gets the new headers with the original body. A panic at "decided" comes when the list is long already.
func TestPanics(t *testing.T) {
	const workers, rounds = 4, 5
	late := maps.Clone(replaced)
	late["ended"] = "418 OLD and trailers"
	unquoted := maps.Clone(late)
	unquoted["quoted"] = "418 OLD"
	for _, test := range []struct {
		part string
		want map[string]string
		// panics is how many there are while each error is played once.
		panics uint64
	}{
		{"decide", original, 5},
		{"decided", original, 5},
		{"body", unquoted, 2 * piecesOf},
		{"trailers", late, 1},
		{"forget", replaced, 2},
	} {
		for _, how := range []string{"panic", "nil"} {
			t.Run(test.part+" "+how, func(t *testing.T) {
				f := mustLoad(t, asks(how, test.part))
				var running sync.WaitGroup
				for range workers {
					running.Go(func() {
						for range rounds {
							wantAll(t, f, test.want)
						}
					})
				}
				running.Wait()
				if got, want := panics(t, f), workers*rounds*test.panics; got != want {
					t.Errorf("%d panics counted, want %d", got, want)
				}
				wantAll(t, f, replaced)
			})
		}
	}
}

// wantAll plays each error once.
func wantAll(t *testing.T, f *fakeFilter, want map[string]string) {
	t.Helper()
	for name, e := range errorsToPlay() {
		got := f.play(e)
		if told := told(got); told != want[name] {
			t.Errorf("%s: %q, want %q", name, told, want[name])
		}
		if got.status != e.facts.Reply.Status {
			continue
		}
		if diff := cmp.Diff(e.facts.Reply.Headers, got.headers); diff != "" {
			t.Errorf("%s: the headers of the original (-want +got):\n%s", name, diff)
		}
	}
}

// TestPanicAmidBody has a chunk panic when those before it have been taken from Envoy, more than C's memory for a list: they come back.
func TestPanicAmidBody(t *testing.T) {
	for name, want := range map[string]string{"quoted": "418 OLD", "ended": "418 OLD and trailers"} {
		t.Run(name, func(t *testing.T) {
			f, e := mustLoad(t, asks("not", "body")), errorsToPlay()[name]
			const first = piecesOf / 2
			e.beforeChunk = func(number int) {
				if number == first {
					mustLoad(t, asks("panic", "body"))
				}
			}
			if got := told(f.play(e)); got != want {
				t.Errorf("%q, want %q", got, want)
			}
			if got := panics(t, f); got != piecesOf-first {
				t.Errorf("%d panics counted, want %d", got, piecesOf-first)
			}
		})
	}
}

// TestPanicsOfDocuments has documents panic: in the engine the last good one goes on, elsewhere all replies pass. One that goes changes
// nothing.
func TestPanicsOfDocuments(t *testing.T) {
	mustLoad(t, asks("not", "load"))
	bad := mustLoad(t, asks("panic", "compile"))
	wantAll(t, bad, replaced)
	if got := invalid(); got != 1 {
		t.Errorf("%d documents are invalid, want 1", got)
	}
	wantAll(t, mustLoad(t, asks("panic", "load")), original)
	fakeLoad(asks("nil", "unload")).unload()
	if got := panics(t, bad); got != 3 {
		t.Errorf("%d panics counted, want 3", got)
	}
}

// TestPanicsOfRoutes has what a route says panic, when it comes and when it goes: it says nothing then.
func TestPanicsOfRoutes(t *testing.T) {
	for _, test := range []struct {
		name, route, text, want string
		panics                  uint64
	}{
		{"none", "route", "off", original["fixed"], 0},
		{"as it comes", "route", asks("panic", "load_route"), replaced["fixed"], 1},
		{"as a document comes", "document", asks("nil", "load_route"), replaced["fixed"], 1},
		{"as it goes", "document", asks("panic", "unload_route"), replaced["fixed"], 1},
		{"where it is refused", "none", asks("nil", "unload_route"), replaced["fixed"], 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			f, e := mustLoad(t, asks("not", "load")), errorsToPlay()["fixed"]
			e.perRoute = fakeLoadRoute(test.route, test.text)
			if got := told(f.play(e)); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
			e.perRoute.unload()
			if got := panics(t, f); got != test.panics {
				t.Errorf("%d panics counted, want %d", got, test.panics)
			}
		})
	}
}

// TestPanicOfRefused has Go panic as it logs that trailers came in the place of a body. The reply counts as one that failed.
func TestPanicOfRefused(t *testing.T) {
	f, e := mustLoad(t, asks("panic", "refused")), errorsToPlay()["fixed"]
	e.chunks = nil
	if got := told(f.play(e)); got != "418" {
		t.Errorf("%q, want an empty 418", got)
	}
	if got := f.count(filter.Left); got != 1 {
		t.Errorf("%d replies are counted as left, want 1", got)
	}
	if got := panics(t, f); got != 1 {
		t.Errorf("%d panics counted, want 1", got)
	}
}
