// SPDX-License-Identifier: Apache-2.0

//go:build module && fakeenvoy

package main

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/preview"
)

// quoting is a document whose replies quote the original body, and show request headers.
const quoting = `{"gatewayResponses": {
	"DEFAULT_4XX": {"responseTemplates": {"text/plain": "$context.envoy.body|$context.path|$method.request.header.x-long"}, "responseParameters": {"gatewayresponse.header.x-type": "context.error.responseType"}},
	"DEFAULT_5XX": {"responseTemplates": {"application/json": "{\"message\":$context.error.messageString}"}}}}`

// TestCorpus holds the cases of the corpus on the module's own C, where a sanitizer can look at it.
func TestCorpus(t *testing.T) {
	all, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for _, c := range all {
		if !known(&c) {
			continue
		}
		ran++
		t.Run(c.Name, func(t *testing.T) {
			filter := fakeLoad(string(c.Document))
			if filter == nil {
				t.Fatal("the document is refused")
			}
			defer filter.unload()
			f := c.Facts
			if c.Code != 0 {
				f.Reply.Status = c.Code
			}
			got := filter.play(exchangeOf(f, 0))
			if diff := c.Want.Diff(got.status, got.headers, got.body, !c.Head()); diff != "" {
				t.Error(diff)
			}
			if got.misuse > 0 {
				t.Errorf("%d calls that Envoy would not expect", got.misuse)
			}
		})
	}
	t.Logf("%d of %d cases", ran, len(all))
}

// known reports whether the Envoy for tests can give all facts of a case.
func known(c *cases.Case) bool {
	f := &c.Facts
	return len(f.Attributes) == 0 && f.Request.Time == 0
}

// exchangeOf is an exchange whose body comes in chunks of a size, 0 for one chunk.
func exchangeOf(f facts.Facts, size int) fakeExchange {
	e := fakeExchange{facts: f}
	headers := slices.Clone(f.Reply.Headers)
	if _, found := headers.First(":status"); !found {
		headers = slices.Insert(headers, 0, facts.Header{Name: ":status", Value: strconv.Itoa(f.Reply.Status)})
	}
	if _, framed := headers.First("content-length"); len(f.Reply.Body) > 0 && !framed && !classify.IsUpstream(&f.Reply) {
		headers = append(headers, facts.Header{Name: "content-length", Value: strconv.Itoa(len(f.Reply.Body))})
	}
	e.facts.Reply.Headers = headers
	if method, _ := f.Request.Headers.First(":method"); method != "HEAD" && len(f.Reply.Body) > 0 {
		e.chunks = slices.Collect(slices.Chunk(f.Reply.Body, max(size, 1)))
		if size == 0 {
			e.chunks = [][]byte{f.Reply.Body}
		}
	}
	return e
}

// TestLimits plays exchanges that are larger, or emptier, than any that Envoy lets through unasked.
func TestLimits(t *testing.T) {
	many := make(facts.Headers, 3000)
	for i := range many {
		many[i] = facts.Header{Name: fmt.Sprint("x-", i), Value: strings.Repeat("v", i%50)}
	}
	long := strings.Repeat("l", 64<<10)
	for _, test := range []struct {
		name     string
		request  facts.Headers
		reply    facts.Headers
		body     string
		trailers facts.Headers
		want     string
	}{
		{name: "nothing", want: "||"},
		{name: "many headers", request: many, reply: many, body: "b", want: "b|/|"},
		{name: "a long header", request: facts.Headers{{Name: "x-long", Value: long}}, body: "b", want: "b|/|" + long},
		{name: "empty values", request: facts.Headers{{Name: "x-long"}, {Name: ""}}, reply: facts.Headers{{Name: "etag"}, {Name: ""}}, body: "b", want: "b|/|"},
		{name: "a long body", body: strings.Repeat("b", 1<<20), want: strings.Repeat("b", facts.MaxBody) + "|/|"},
		{name: "many trailers", body: "b", trailers: many[:300], want: "b|/|"},
	} {
		t.Run(test.name, func(t *testing.T) {
			filter := fakeLoad(quoting)
			if filter == nil {
				t.Fatal("the document is refused")
			}
			defer filter.unload()
			var f facts.Facts
			if test.body != "" {
				f.Request.Headers = append(facts.Headers{{Name: ":path", Value: "/"}}, test.request...)
			}
			f.Reply = facts.Reply{Status: 404, Details: "route_not_found", Headers: test.reply, Body: []byte(test.body)}
			for _, size := range []int{0, 1000} {
				e := exchangeOf(f, size)
				e.trailers, e.piece = test.trailers, 7
				got := filter.play(e)
				if string(got.body) != test.want || got.status != 404 || got.misuse > 0 || len(got.trailers) > 0 {
					t.Errorf("in chunks of %d: status %d, %d bytes of body that begin with %.20q, %d trailers, misuse %d; want 404, %d bytes that begin with %.20q",
						size, got.status, len(got.body), got.body, len(got.trailers), got.misuse, len(test.want), test.want)
				}
			}
		})
	}
}

// TestWorkers has four workers use one filter, as Envoy's do, while documents come and go beside it.
func TestWorkers(t *testing.T) {
	filter := fakeLoad(quoting)
	if filter == nil {
		t.Fatal("the document is refused")
	}
	defer filter.unload()
	const rounds = 300
	var workers sync.WaitGroup
	for worker := range 4 {
		workers.Go(func() {
			path := fmt.Sprint("/", worker)
			var f facts.Facts
			f.Request.Headers = facts.Headers{{Name: ":path", Value: path}}
			f.Reply = facts.Reply{Status: 404, Details: "route_not_found", Body: []byte("body")}
			for range rounds {
				if got := filter.play(exchangeOf(f, 2)); string(got.body) != "body|"+path+"|" || got.misuse > 0 {
					t.Errorf("worker %d got %q, misuse %d", worker, got.body, got.misuse)
					return
				}
			}
		})
	}
	for range rounds / 10 {
		if another := fakeLoad(quoting); another != nil {
			another.unload()
		}
	}
	workers.Wait()
	if got := filter.counts(); got < 4*rounds {
		t.Errorf("the counters say %d, want %d at least", got, 4*rounds)
	}
}

// TestRouteDocuments has four workers read documents of routes, more than are remembered, from memory that Envoy takes away.
func TestRouteDocuments(t *testing.T) {
	filter := fakeLoad(`{"routeDocuments": true, "gatewayResponses": {"DEFAULT_4XX": {}}}`)
	if filter == nil {
		t.Fatal("the document is refused")
	}
	defer filter.unload()
	const documents = 1500
	var workers sync.WaitGroup
	for range 4 {
		workers.Go(func() {
			for i := range documents {
				f := facts.Facts{Reply: facts.Reply{Status: 403, Details: "rbac_access_denied_matched_policy[none]", Body: []byte("body")}}
				want := fmt.Sprint("of route ", i)
				f.Route.Document = fmt.Sprintf(`{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": %q}}}}`, want)
				if got := filter.play(exchangeOf(f, 0)); string(got.body) != want || got.misuse > 0 {
					t.Errorf("got %q, want %q, misuse %d", got.body, want, got.misuse)
					return
				}
			}
		})
	}
	workers.Wait()
}

// TestUnasked holds that Go does not see what C has read and this error is not asked for: without a route of Envoy's, metadata says nothing.
func TestUnasked(t *testing.T) {
	filter := fakeLoad(`{"gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "new"}}}}`)
	if filter == nil {
		t.Fatal("the document is refused")
	}
	defer filter.unload()
	for details, want := range map[string]string{"route_not_found": "new", "jwt_authn_access_denied{Jwt_is_missing}": "body"} {
		f := facts.Facts{Reply: facts.Reply{Status: 404, Details: details, Body: []byte("body")}}
		f.Route.DocumentRoute = "off"
		if got := filter.play(exchangeOf(f, 0)); string(got.body) != want || got.misuse > 0 {
			t.Errorf("%s: body %q, misuse %d; want %q", details, got.body, got.misuse, want)
		}
	}
}

// TestSecondReply holds that a reply in the place of one that was replaced is replaced and counted as any other.
func TestSecondReply(t *testing.T) {
	filter := fakeLoad(quoting)
	if filter == nil {
		t.Fatal("the document is refused")
	}
	defer filter.unload()
	e := exchangeOf(facts.Facts{Reply: facts.Reply{Status: 503, Details: "no_healthy_upstream", Body: []byte("body")}}, 0)
	before := filter.counts()
	filter.play(e)
	one := filter.counts() - before
	e.replaces = facts.Headers{{Name: ":status", Value: "503"}}
	got := filter.play(e)
	if !strings.HasPrefix(string(got.body), `{"message":`) || got.misuse > 0 {
		t.Errorf("body %q, misuse %d", got.body, got.misuse)
	}
	if both := filter.counts() - before - one; both != 2*one {
		t.Errorf("a reply moves %d counters, and two of one stream %d", one, both)
	}
}

// TestNoStream holds that the reply of a stream for which there was no memory passes.
func TestNoStream(t *testing.T) {
	filter := fakeLoad(quoting)
	if filter == nil {
		t.Fatal("the document is refused")
	}
	defer filter.unload()
	e := exchangeOf(facts.Facts{Reply: facts.Reply{Status: 404, Details: "route_not_found", Body: []byte("body")}}, 0)
	e.unmade, e.trailers = true, facts.Headers{{Name: "t", Value: "v"}}
	if got := filter.play(e); string(got.body) != "body" || len(got.trailers) != 1 || got.misuse > 0 {
		t.Errorf("body %q, %d trailers, misuse %d", got.body, len(got.trailers), got.misuse)
	}
}

// TestInvalid holds that a filter with a bad document is one as long as it is there: Envoy makes no metric when it ends.
func TestInvalid(t *testing.T) {
	good := fakeLoad(quoting)
	if good == nil || invalid() != 0 {
		t.Fatalf("the document is refused, or %d are bad", invalid())
	}
	defer good.unload()
	bad := fakeLoad("{")
	if bad == nil || invalid() != 1 {
		t.Fatalf("the document is refused, or %d are bad; want 1", invalid())
	}
	bad.unload()
	if got := invalid(); got != 0 {
		t.Errorf("the gauge says %d when the filter is gone, want 0", got)
	}
}

// TestRevision holds that the revision is that of the filter before when the newest one ends, as Envoy ends those of a listener that it
// refuses.
func TestRevision(t *testing.T) {
	old := fakeLoad(`{"revision": 7}`)
	defer old.unload()
	refused := fakeLoad(`{"revision": 8}`)
	if got := revision(); got != 8 {
		t.Errorf("the gauge says %d, want 8", got)
	}
	refused.unload()
	if got := revision(); got != 7 {
		t.Errorf("the gauge says %d when the newest filter is gone, want 7", got)
	}
}

// FuzzPlay holds that C carries out what the engine has decided, whatever comes and however it is cut: the reply is the one
// that is made of the same facts without C.
func FuzzPlay(f *testing.F) {
	f.Add(uint16(404), "route_not_found", []byte("a\x00b"), []byte("not found"), uint8(0), false)
	f.Add(uint16(503), "upstream_reset_before_response_started", []byte("\x00\x00\x00"), []byte("x"), uint8(1), true)
	f.Add(uint16(200), "via_upstream", []byte("etag\x00v"), []byte{}, uint8(3), false)
	f.Add(uint16(404), "via_upstream", bytes.Repeat([]byte("h\x00"), 400), bytes.Repeat([]byte("b"), 20000), uint8(200), true)
	program, _ := engine.Load([]byte(quoting), engine.Everything())
	filter := fakeLoad(quoting)
	if program == nil || filter == nil {
		f.Fatal("the document is refused")
	}
	f.Cleanup(filter.unload)
	f.Fuzz(func(t *testing.T, status uint16, details string, headers, body []byte, size uint8, trailers bool) {
		var x facts.Facts
		x.Reply = facts.Reply{Status: 200 + int(status%400), Details: details, Headers: linesIn(headers), Body: body}
		x.Request.Headers = append(facts.Headers{{Name: ":path", Value: "/p"}}, linesIn(headers)...)
		if len(body) == 0 {
			x.Reply.Body = nil
		}
		want := preview.Of(program, x)
		// The Envoy for tests copies all it has for each chunk.
		e := exchangeOf(x, max(int(size), len(body)/256))
		e.piece = 1 + int(size)
		if trailers && len(e.chunks) > 0 {
			e.trailers = facts.Headers{{Name: "t", Value: "v"}, {Name: "t", Value: ""}, {Name: "u", Value: "v"}}
		}
		got := filter.play(e)
		if got.misuse > 0 {
			t.Errorf("%d calls that Envoy would not expect", got.misuse)
		}
		if want.Replaced != (len(got.trailers) < len(e.trailers)) && len(e.trailers) > 0 {
			t.Errorf("%d of %d trailers are there; replaced: %v", len(got.trailers), len(e.trailers), want.Replaced)
		}
		if got.status != want.Status {
			t.Errorf("status %d, want %d", got.status, want.Status)
		}
		if !bytes.Equal(got.body, want.Body) {
			t.Errorf("body %.100q, want %.100q", got.body, want.Body)
		}
		if want, got := sorted(want.Headers), sorted(got.headers); !slices.Equal(want, got) {
			t.Errorf("headers (-want +got):\n%s", cmp.Diff(want, got))
		}
	})
}

// linesIn are header lines made of bytes: names and values, with a zero byte behind each. Pseudo-headers are not among them.
func linesIn(text []byte) facts.Headers {
	var lines facts.Headers
	pieces := strings.Split(string(text), "\x00")
	for i := 0; i+1 < len(pieces); i += 2 {
		name := strings.ToLower(pieces[i])
		if name != "" && name[0] != ':' {
			lines = append(lines, facts.Header{Name: name, Value: pieces[i+1]})
		}
	}
	return lines
}

// sorted are header lines without ":status", in an order of their own.
func sorted(headers facts.Headers) facts.Headers {
	lines := slices.DeleteFunc(slices.Clone(headers), func(line facts.Header) bool { return line.Name == ":status" })
	slices.SortFunc(lines, func(a, b facts.Header) int { return strings.Compare(a.Name+"\x00"+a.Value, b.Name+"\x00"+b.Value) })
	return lines
}
