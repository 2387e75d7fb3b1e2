// SPDX-License-Identifier: Apache-2.0

package framing

import (
	"encoding/json"
	"fmt"
	"net/http"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/ability"
)

// listener is a listener with a document.
type listener struct {
	Name, Document string
	// status is what the document sets, 0 for none.
	status int
	// body is what it makes of the original body.
	body func(original string) string
}

// listeners are the documents. The first turns the filter off.
var listeners = []listener{
	{Name: "alone", Document: `{"mode": "off"}`},
	rewriting(0, fixed), rewriting(0, quotes), rewriting(0, empty),
	rewriting(200, fixed), rewriting(200, quotes), rewriting(201, quotes), rewriting(204, fixed), rewriting(204, quotes),
	rewriting(205, fixed), rewriting(304, fixed), rewriting(304, quotes), rewriting(400, fixed), rewriting(418, quotes),
}

// page is what a document makes of a body.
type page struct {
	name, mediaType, template string
	body                      func(original string) string
}

var (
	fixed = page{"fixed", "application/json", `{"fixed":true}`, func(string) string { return `{"fixed":true}` }}
	empty = page{"empty", "text/plain", "", func(string) string { return "" }}
	// quotes quotes the first 16 KiB.
	quotes = page{"quotes", "application/json", `{"was":$context.envoy.body}`, func(original string) string {
		text, _ := json.Marshal(original[:min(len(original), 16<<10)])
		return `{"was":` + string(text) + `}`
	}}
)

// rewriting is a document that rewrites every error, of Envoy and of the upstream.
func rewriting(status int, p page) listener {
	entry := fmt.Sprintf(`"responseTemplates": {%q: %q}`, p.mediaType, p.template)
	if status != 0 {
		entry += fmt.Sprintf(`, "statusCode": %d`, status)
	}
	return listener{Name: fmt.Sprintf("%s-%d", p.name, status), status: status, body: p.body, Document: `{"classification": [
		{"name": "4xx", "when": {"source": "any", "status": ["4xx"]}, "responseType": "DEFAULT_4XX"},
		{"name": "5xx", "when": {"source": "any", "status": ["5xx"]}, "responseType": "DEFAULT_5XX"}],
		"gatewayResponses": {"DEFAULT_4XX": {` + entry + `}, "DEFAULT_5XX": {` + entry + `}}}`}
}

// quotes reports whether the document quotes the body.
func (l listener) quotes() bool { return l.body("") == quotes.body("") }

// withoutBody is what quotes makes of a body that is not known.
const withoutBody = `{"was":null}`

// bodies are the bodies that a client may get in the place of that of Envoy. Of compressed bodies and of those behind the
// headers of an upgrade nothing is known.
func (l listener) bodies(w way, to target, own outcome, status int) []string {
	if w.method == http.MethodHead || status == http.StatusNoContent || status == http.StatusResetContent || status == http.StatusNotModified {
		return []string{""}
	}
	bodies := []string{l.body(own.body)}
	if to.mayLose(l.quotes()) {
		bodies = append(bodies, "")
	}
	if l.quotes() && (own.body == "" || w.tunnels() || to.upgrading() || own.headers.Get("Content-Encoding") != "") {
		bodies = append(bodies, withoutBody)
	}
	if piece := to.firstPiece(); piece != "" && l.quotes() && envoytest.Adapter != ability.Module {
		bodies = append(bodies, l.body(piece))
	}
	return bodies
}
