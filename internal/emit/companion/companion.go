// SPDX-License-Identifier: Apache-2.0

// Package companion makes the local_reply_config that stands beside the filter. It answers what the filter never sees, as the
// document says, and gives a body to replies that the filter rewrites and that have none.
//
// A reply without a body cannot be changed in place: the filter sends a new one, which costs more, and which gets the headers that
// routes add a second time.
package companion

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/emit/localreply"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// before are the replies that Envoy makes before any filter sees the request, or may. Those of the codec for a broken body come
// later, too: the filter then gives them the same reply once more.
var before = []localreply.Reply{
	{Details: "missing_host_header", Statuses: []int{400}},
	{Details: "http.invalid_authority", Statuses: []int{400}},
	{Details: "http.invalid_method", Statuses: []int{400}},
	{Details: "http.invalid_path", Statuses: []int{400}},
	{Details: "http.invalid_scheme", Statuses: []int{400}},
	{Details: "missing_path_rejected", Statuses: []int{404}},
	{Details: "invalid_path", Statuses: []int{404}},
	{Details: "absolute_path_rejected", Statuses: []int{404}},
	{Details: "path_normalization_failed", Statuses: []int{400}},
	{Details: "rejecting_because_detection_failed", Statuses: []int{403}}, // unless the owner chose another status
	{Details: "overload", Statuses: []int{500, 503}},
	{Details: "upgrade_failed", Statuses: []int{403}},
	{Details: "request_header_timeout", Statuses: []int{408}},
	{Details: "low_version", Statuses: []int{426}},
	{Details: "http1.headers_too_large", Statuses: []int{431}},
	{Details: "http1.too_many_headers", Statuses: []int{431}},
	{Details: "http1.codec_error", Statuses: []int{400}},
	{Details: "http1.invalid_characters", Statuses: []int{400}},
	{Details: "http1.connection_header_rejected", Statuses: []int{400}},
	{Details: "http1.invalid_url", Statuses: []int{400}},
	{Details: "http1.invalid_scheme", Statuses: []int{400}},
	{Details: "http1.body_disallowed", Statuses: []int{400}},
	{Details: "http1.content_length_and_chunked_not_allowed", Statuses: []int{400}},
	{Details: "http1.unexpected_underscore", Statuses: []int{400}},
	{Details: "http1.invalid_transfer_encoding", Statuses: []int{501}},
	{Details: "http1.https_url_on_plaintext_connection", Statuses: []int{403}},
	{Details: "uhv.*", Statuses: []int{400}},
}

// bare are the replies without a body that the filter sees, and what stands in the body that it replaces.
var bare = []struct {
	localreply.Reply
	body string
}{
	{localreply.Reply{Details: "route_not_found", Statuses: []int{404}}, "no route"},
	{localreply.Reply{Details: "cluster_not_found", Statuses: []int{404, 500, 503}}, "no cluster"},
	{localreply.Reply{Details: "early_connect_data", Statuses: []int{400}}, "early data"},
	{localreply.Reply{Details: "ext_authz_error", Statuses: []int{403}}, "authorization failed"},
	{localreply.Reply{Details: "ext_authz_invalid", Statuses: []int{500}}, "authorization failed"},
	{localreply.Reply{Details: "denied_by_admission_control", Statuses: []int{503}}, "overloaded"},
	{localreply.Reply{Details: "ext_proc_error_*", Statuses: []int{500}}, "processing failed"},
	{localreply.Reply{Details: "wasm_fail_stream", Statuses: []int{503}}, "a filter failed"},
	{localreply.Reply{Details: "cache_no_route", Statuses: []int{404}}, "no route"},
	{localreply.Reply{Details: "cache_no_cluster", Statuses: []int{503}}, "no cluster"},
	{localreply.Reply{Details: "cache_upstream_reset", Statuses: []int{503}}, "the upstream failed"},
}

// Compile makes the companion of a document that loads without errors. The findings are as of localreply.CompileBefore.
func Compile(document *config.Document) (localreply.Config, config.Findings) {
	compiled, findings := localreply.CompileBefore(document, before)
	compiled.Add(bodies(document))
	return compiled, findings
}

// bodies are the mappers that give replies a body. A document with routes has none: on a route that leaves a reply the client would
// see that body.
func bodies(document *config.Document) []localreply.Mapper {
	if len(document.Routes) > 0 || document.RouteDocuments {
		return nil
	}
	program, found := engine.Compile(document, engine.Everything())
	if found.HasErrors() {
		return nil
	}
	var mappers []localreply.Mapper
	for _, b := range bare {
		if slices.ContainsFunc(b.Statuses, func(status int) bool { return !isReplaced(program, b.Details, status) }) {
			continue
		}
		mappers = append(mappers, localreply.Mapper{
			About:      "a body that the filter replaces",
			Expression: localreply.Asks(b.Reply), Body: b.body, ContentType: "text/plain",
		})
	}
	return mappers
}

// isReplaced reports whether the filter replaces a reply whoever asks, and whatever headers it has.
func isReplaced(program *engine.Program, details string, status int) bool {
	reply := facts.Reply{Details: details, Status: status, HasBody: true}
	return program.Decide(&facts.Facts{Reply: reply}).Reply != nil
}
