// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"fmt"
	"runtime"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// deniedWith is a denial of RBAC to a request whose metadata holds a document.
func deniedWith(document string) *facts.Facts {
	return &facts.Facts{
		Request: facts.Request{Headers: facts.Headers{{Name: ":method", Value: "GET"}, {Name: ":path", Value: "/pets?a=b"}, {Name: ":authority", Value: "a"}}},
		Reply: facts.Reply{
			Status: 403, Details: "rbac_access_denied_matched_policy[none]", Owner: "rbac", HasBody: true,
			Headers: facts.Headers{{Name: ":status", Value: "403"}, {Name: "content-type", Value: "text/plain"}},
		},
		Route: facts.Route{Document: document},
	}
}

// TestRouteDocumentFindings holds where a finding points: into the text of the document.
func TestRouteDocumentFindings(t *testing.T) {
	const text = `{"stageVariables": {"a": "b"},
 "gatewayResponses": {"THROTTLED": {
  "responseParameters": {"gatewayresponse.header.x-a": "context.authorizer.sub", "gatewayresponse.header.x-b": "context.nope"},
  "headers": {"x-c": "${context.envoy.metadata.a/b}", "x-d": "$context.envoy.attribute.a.b", "x-e": "${context.envoy.filterState.a}", "x-f": "$context.identity.clientCert.subjectDN"},
  "responseTemplates": {"application/json": "[$stageVariables.a, $stageVariables.b, $stageVariables.shared]"}}}}`
	const at = "gatewayResponses.THROTTLED."
	const instead = ` cannot be used in the metadata of a route; name an element of "routes" that uses it`
	want := at + `responseParameters["gatewayresponse.header.x-a"] (line 3, column 57): "context.authorizer.sub"` + instead + "\n" +
		at + `responseParameters["gatewayresponse.header.x-b"] (line 3, column 113): unknown variable "context.nope"; docs/variables.md lists the names` + "\n" +
		at + `headers["x-c"] (line 4, column 23): "context.envoy.metadata.a/b"` + instead + "\n" +
		at + `headers["x-d"] (line 4, column 63): "context.envoy.attribute.a.b"` + instead + "\n" +
		at + `headers["x-e"] (line 4, column 102): "context.envoy.filterState.a"` + instead + "\n" +
		at + `headers["x-f"] (line 4, column 143): "context.identity.clientCert.subjectDN"` + instead + "\n" +
		at + `responseTemplates["application/json"] (line 5, column 66): the document has no stage variable "b"; did you mean "a"?`
	decision := load(t, `{"routeDocuments": true, "stageVariables": {"shared": "s"}}`).Decide(deniedWith(text))
	if diff := cmp.Diff(want, decision.Trace.Document.String()); diff != "" {
		t.Errorf("findings (-want +got):\n%s", diff)
	}
	if !decision.Trace.DocumentRefused {
		t.Error("the document is not refused")
	}
}

// TestRouteDocumentWarning has a document with a warning, which answers all the same.
func TestRouteDocumentWarning(t *testing.T) {
	decision := load(t, `{"routeDocuments": true}`).Decide(deniedWith(`{"gatewayResponses": {"ACCESS_DENIED": {"headers": {"date": "now"}}}}`))
	trace := decision.Trace
	if decision.Reply == nil || trace.Entry != "document/ACCESS_DENIED" || trace.DocumentRefused || len(trace.Document) != 1 {
		t.Errorf("decision %+v, want a reply, and one finding that does not refuse the document", decision)
	}
}

// TestOwnTypeOfRouteDocument holds that a route document is told of an entry that nothing in the document of the filter names.
func TestOwnTypeOfRouteDocument(t *testing.T) {
	const text = `{"gatewayResponses": {"X_LOGIN": {}, "X_LOGGIN": {}}}`
	for _, tc := range []struct{ name, more, want string }{
		{
			"named by a rule", `"gatewayResponses": {"X_LOGIN": {}}, "classification": [{"when": {"status": ["401"]}, "responseType": "X_LOGIN"}]`,
			`gatewayResponses.X_LOGGIN (line 1, column 38): nothing gives a reply the type "X_LOGGIN"`,
		},
		{"named by producers", `"declared": {"header": "x-type"}`, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program := load(t, `{"routeDocuments": true, `+tc.more+`}`)
			findings := program.Decide(deniedWith(text)).Trace.Document
			if len(findings) != min(len(tc.want), 1) || !strings.HasPrefix(findings.String(), tc.want) {
				t.Errorf("findings %q, want one: %q", findings, tc.want)
			}
		})
	}
}

// TestRouteDocumentsAreForgotten decides with more documents than are remembered, forth and back: what is forgotten must
// not show, and what is remembered must not grow.
func TestRouteDocumentsAreForgotten(t *testing.T) {
	program := load(t, `{"routeDocuments": true}`)
	padding := strings.Repeat(" ", 60<<10)
	for range 2 {
		for i := range 2*maxDocuments + 10 {
			text, want := fmt.Sprintf(`{"gatewayResponses": {"ACCESS_DENIED": {"statusCode": %d}}}`, 400+i%100), 400+i%100
			switch {
			case i%50 == 0:
				text += padding + strconv.Itoa(i) // a bad one
				want = 0
			case i%70 == 0:
				text += padding[i:]
			default:
				text += padding[:i]
			}
			decision := program.Decide(deniedWith(text))
			if got := status(decision); got != want {
				t.Fatalf("document %d: status %d, want %d", i, got, want)
			}
			d := program.documents
			size := 0
			for text, verdict := range d.verdicts {
				size += verdict.size(text)
			}
			if len(d.verdicts) > maxDocuments || size > maxDocumentBytes || size != d.size {
				t.Fatalf("document %d: %d verdicts of %d bytes (%d by the books) are remembered", i, len(d.verdicts), size, d.size)
			}
		}
	}
}

// status is that of the new reply, 0 for none.
func status(decision Decision) int {
	if decision.Reply == nil {
		return 0
	}
	return decision.Reply.Status
}

// TestRouteDocumentsMemory fills the memory for verdicts with documents that cost most for their size.
func TestRouteDocumentsMemory(t *testing.T) {
	const most = 32 << 20
	entries := make([]string, 0, len(config.ResponseTypes()))
	for _, responseType := range config.ResponseTypes() {
		entries = append(entries, `"`+string(responseType)+`":{}`)
	}
	for _, tc := range []struct {
		name  string
		texts int
		text  func(i int) string
	}{
		{"many entries", maxDocuments, func(i int) string {
			return `{"api":{"id":"` + strconv.Itoa(i) + `"},"gatewayResponses":{` + strings.Join(entries, ",") + `}}`
		}},
		{"many findings", 600, func(i int) string { return "{" + strings.Repeat(`"":1,`, 200) + `"":` + strconv.Itoa(i) + "}" }},
		{"many headers", 38, func(i int) string {
			var b strings.Builder
			for j := range 2000 {
				fmt.Fprintf(&b, `,"%d":"%d"`, j, i)
			}
			return `{"gatewayResponses":{"THROTTLED":{"headers":{` + b.String()[1:] + `}}}}`
		}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			program := load(t, `{"routeDocuments": true}`)
			before := heap()
			for i := range tc.texts {
				program.Decide(deniedWith(tc.text(i)))
			}
			used := heap() - before
			t.Logf("%d verdicts on %d bytes take %d bytes", len(program.documents.verdicts), program.documents.size, used)
			if used > most {
				t.Errorf("verdicts take %d bytes, want at most %d", used, most)
			}
			runtime.KeepAlive(program)
		})
	}
}

// heap is what is in use.
func heap() int {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int(stats.HeapAlloc)
}

// hostileRouteDocuments are bad documents of the largest size.
func hostileRouteDocuments() []struct{ name, text string } {
	long := func(piece string) string {
		return strings.Repeat(piece, config.MaxRouteDocument/len(piece))[:config.MaxRouteDocument-100]
	}
	return []struct{ name, text string }{
		{"nested objects", long(`{"a":`)},
		{"nested arrays", `{"x-a":` + long("[")},
		{"many keys", "{" + long(`"a":1,`) + `"b":1}`},
		{"a long key", `{"` + long("k") + `":1}`},
		{"variables", `{"gatewayResponses":{"THROTTLED":{"headers":{"a":"` + long("$context.nope ") + `"}}}}`},
		{"open braces", `{"gatewayResponses":{"THROTTLED":{"headers":{"a":"` + long("${context.") + `"}}}}`},
		{"markup", `{"gatewayResponses":{"THROTTLED":{"responseTemplates":{"text/html":"` + long("<svg><a $context.path>") + `"}}}}`},
		{"too long", long("{") + long("{")},
	}
}

// BenchmarkRouteDocument finds a verdict, on documents that are made to take long.
func BenchmarkRouteDocument(b *testing.B) {
	for _, bc := range hostileRouteDocuments() {
		b.Run(bc.name, func(b *testing.B) {
			program, _ := Load([]byte(`{"routeDocuments": true}`), Everything())
			for b.Loop() {
				program.compileRoute(bc.text)
			}
		})
	}
}

// TestHostileRouteDocuments holds that few findings on a document are kept.
func TestHostileRouteDocuments(t *testing.T) {
	for _, tc := range hostileRouteDocuments() {
		t.Run(tc.name, func(t *testing.T) {
			program := load(t, `{"routeDocuments": true}`)
			decision := program.Decide(deniedWith(tc.text))
			if found := decision.Trace.Document; !decision.Trace.DocumentRefused || len(found) == 0 || len(found) > maxDocumentFindings+1 {
				t.Errorf("refused %t with %d findings, want some", decision.Trace.DocumentRefused, len(found))
			}
		})
	}
}

// FuzzRouteDocument holds that a document in metadata does what an entry of routes does that has the same members and is
// named by metadata, and that it does so again when it is known.
func FuzzRouteDocument(f *testing.F) {
	for _, text := range []string{
		`{}`, `{"mode": "off"}`, `{"inherit": false}`, `{"mode": "observe", "gatewayResponses": {"DEFAULT_4XX": {}}}`,
		`{"api": {"id": "x"}, "stageVariables": {"s": "t"}, "gatewayResponses": {"ACCESS_DENIED": {"statusCode": 404, "headers": {"x-a": "$stageVariables.s"}}}}`,
		`{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/html": "<p>$context.path", "text/plain": "${context.envoy.body}"}}}}`,
		`{"gatewayResponses": {"ACCESS_DENIED": {"responseTemplates": {"text/plain": "${context.envoy.body}"}}}}`,
		`{"emulate": "aws", "escaping": "aws", "gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"application/json": "\"$context.nope $context.path\""}}}}`,
		`{"resources": ["/pets", "/{a}", "/{b+}"], "gatewayResponses": {"DEFAULT_4XX": {"responseTemplates": {"text/plain": "$context.resourcePath $method.request.path.b"}}}}`,
	} {
		f.Add(text, false)
		f.Add(text, true)
	}
	const document = `"api": {"id": "a", "stage": "b"}, "stageVariables": {"s": "u"}, "gatewayResponses": {"DEFAULT_4XX": {"headers": {"x-b": "$context.apiId$stageVariables.s"}}}}`
	f.Fuzz(func(t *testing.T, text string, aws bool) {
		begin := "{"
		if aws {
			begin = `{"emulate": "aws", `
		}
		program := load(t, begin+`"routeDocuments": true, `+document)
		first := completed(program, deniedWith(text))
		if diff := cmp.Diff(first, completed(program, deniedWith(text))); diff != "" {
			t.Errorf("%q at first and again (-first +again):\n%s", text, diff)
		}
		if first.Trace.DocumentRefused || text == "" {
			return
		}
		members := strings.TrimSpace(strings.TrimLeft(text, " \t\r\n")[1:])
		separator := ","
		if members == "}" {
			separator = ""
		}
		named := load(t, begin+`"routes": [{"name": "document"`+separator+members+`], `+document)
		same := deniedWith("")
		same.Route.DocumentRoute = "document"
		want := completed(named, same)
		first.Trace.Document = nil
		if diff := cmp.Diff(want, first); diff != "" {
			t.Errorf("%q in routes and in metadata (-routes +metadata):\n%s", text, diff)
		}
	})
}

// completed is a decision whose reply is final.
func completed(program *Program, f *facts.Facts) Decision {
	decision := program.Decide(f)
	if decision.Reply != nil {
		decision.Reply.Complete([]byte("the original body"))
	}
	return decision
}
