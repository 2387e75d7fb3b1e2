// SPDX-License-Identifier: Apache-2.0

package vars

import (
	"strings"

	"gatewayresponses/internal/facts"
)

// envoyRows are ours: what Envoy knows of the reply it made and of where the request was to go.
var envoyRows = []Row{
	{
		Name:  "context.envoy.responseCodeDetails",
		About: "why Envoy replied, as in `%RESPONSE_CODE_DETAILS%` of an access log, but raw",
		value: func(env *Env, _ string) (string, bool) { return present(env.Facts.Reply.Details) },
	},
	{
		Name:  "context.envoy.responseFlags",
		About: "the response flags, as in `UF,URX`; absent without any",
		Needs: Needs{Fields: facts.FieldFlags},
		value: responseFlags,
	},
	{
		Name:  "context.envoy.originalStatus",
		About: "the status of the reply that Envoy made",
		Form:  JSON,
		value: func(env *Env, _ string) (string, bool) { return status(env.Facts.Reply.Status) },
	},
	{
		Name:  "context.envoy.originalPath",
		About: "the path that the client asked for with its query, as it came (`:path`), as in `/pets?limit=5`, to bring a client back after a login",
		Needs: Needs{RequestHeaders: []string{":path"}},
		value: requestHeader(":path"),
	},
	{
		Name:  "context.envoy.filter",
		About: "the configured name of the filter that replied",
		Needs: Needs{Fields: facts.FieldOwner},
		value: func(env *Env, _ string) (string, bool) { return present(env.Facts.Reply.Owner) },
	},
	{
		Name:  "context.envoy.traceId",
		About: "the trace id of the request header `traceparent` (W3C Trace Context); absent when that is malformed",
		Needs: Needs{RequestHeaders: []string{"traceparent"}},
		value: traceID,
	},
	{
		Name:  "context.envoy.body",
		About: "the first 16 KiB of the body of the original reply; absent when that has a content-encoding",
		Needs: Needs{Fields: facts.FieldBody},
		value: originalBody,
	},
	{
		Name:  "context.envoy.routeName",
		About: "the name of the route",
		Needs: Needs{Fields: facts.FieldRouteName},
		value: func(env *Env, _ string) (string, bool) { return present(env.Facts.Route.Name) },
	},
	{
		Name:  "context.envoy.virtualHost",
		About: "the name of the virtual host",
		Needs: Needs{Fields: facts.FieldVirtualHost},
		value: func(env *Env, _ string) (string, bool) { return present(env.Facts.Route.VirtualHost) },
	},
	{
		Name:  "context.envoy.clusterName",
		About: "the name of the cluster that the route leads to",
		Needs: Needs{Fields: facts.FieldCluster},
		value: func(env *Env, _ string) (string, bool) { return present(env.Facts.Route.Cluster) },
	},
	{
		Name:  "context.envoy.upstreamHost",
		About: "the address of the upstream host, as in `10.0.0.1:8080`; absent when none was chosen",
		Needs: Needs{Fields: facts.FieldUpstream},
		value: func(env *Env, _ string) (string, bool) { return present(env.Facts.Route.Upstream) },
	},
}

// responseFlags lists the flags; none is no value.
func responseFlags(env *Env, _ string) (string, bool) {
	flags := env.Facts.Reply.Flags
	return flags.String(), flags != 0
}

// originalBody is the beginning of the reply's own body, where that can be quoted.
func originalBody(env *Env, _ string) (string, bool) {
	reply := &env.Facts.Reply
	if reply.Body == nil || !reply.IsQuotable() {
		return "", false
	}
	return string(reply.Body[:min(len(reply.Body), facts.MaxBody)]), true
}

// traceID is the second field of traceparent, 32 lower-case hexadecimal digits that are not all zero. The version, and what
// follows the trace id, do not matter. Source: W3C Trace Context, section 3.2.
func traceID(env *Env, _ string) (string, bool) {
	const version, digits = len("00-"), 32
	header, _ := env.Facts.Request.Headers.First("traceparent")
	if len(header) <= version+digits || header[version-1] != '-' || header[version+digits] != '-' {
		return "", false
	}
	id := header[version : version+digits]
	if strings.Trim(id, "0123456789abcdef") != "" || strings.Trim(id, "0") == "" {
		return "", false
	}
	return id, true
}
