// SPDX-License-Identifier: Apache-2.0

package faults

import "net/http"

// panicDocument rewrites all that fails. The errors of the upstream with status 500 quote their bodies.
const panicDocument = `{"classification": [{"when": {"source": "upstream", "status": ["500"]}, "responseType": "X_QUOTED"}, {"when": {"source": "upstream", "status": ["503"]}, "responseType": "X_FIXED"}],
	"gatewayResponses": {"DEFAULT_4XX": {"statusCode": 418, "responseTemplates": {"application/json": "{\"path\":$context.path}"}},
		"DEFAULT_5XX": {"statusCode": 418, "responseTemplates": {"application/json": "{\"path\":$context.path}"}},
		"X_FIXED": {"statusCode": 418, "responseTemplates": {"application/json": "{}"}},
		"X_QUOTED": {"statusCode": 418, "responseTemplates": {"application/json": "{\"was\":$context.envoy.body}"}}}}`

// failUpstream fails with the status that the query asks for, in three chunks, and with a length if "sized" is asked for.
func failUpstream(w http.ResponseWriter, r *http.Request) {
	status := http.StatusInternalServerError
	if r.URL.Query().Has("fixed") {
		status = http.StatusServiceUnavailable
	}
	w.Header().Set("Content-Type", "text/plain")
	if r.URL.Query().Has("sized") {
		w.Header().Set("Content-Length", "15")
	}
	parts := []string{"one, ", "two, ", "three"}
	if r.URL.Query().Has("trailers") {
		w.Header().Set("Trailer", "X-Sum")
		defer w.Header().Set("X-Sum", "1")
		parts = []string{"one, two, three"} // the Wasm filter quotes the first one
	}
	w.WriteHeader(status)
	for _, part := range parts {
		_, _ = w.Write([]byte(part))
		_ = http.NewResponseController(w).Flush()
	}
}

// panicRequest is a request that fails, by the path behind that of the fault: what Envoy or the upstream answers, and what the filter does.
type panicRequest struct{ path, original, replaced string }

var panicRequests = []panicRequest{
	{"/denied", "403 RBAC: access denied", `418 {"path":"PATH"}`},
	{"/missing", "503 ", `418 {"path":"PATH"}`},
	{"/up?fixed", "503 one, two, three", "418 {}"},
	{"/up?fixed&sized", "503 one, two, three", "418 {}"},
	{"/up?fixed&trailers", "503 one, two, three", "418 {}"},
	{"/up?sized", "500 one, two, three", `418 {"was":"one, two, three"}`},
	{"/up", "500 one, two, three", `418 {"was":"one, two, three"}`},
	{"/up?trailers", "500 one, two, three", `418 {"was":"one, two, three"}`},
}
