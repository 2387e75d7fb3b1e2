// SPDX-License-Identifier: Apache-2.0

// Package scenario has the kinds of traffic that variants are measured with, and what each job must make of them.
package scenario

import (
	"net/http"
	"strings"

	"gatewayresponses/bench/load"
	"gatewayresponses/bench/variant"
)

// Scenario is one kind of traffic.
type Scenario struct {
	// Name is what SCENARIOS takes, Title what tables say.
	Name, Title string
	// Good says that no error is involved, or none of Envoy's own.
	Good bool
	// Spec is what is sent. Status and Length depend on the variant, Address and the times on the run.
	Spec load.Spec
	// original is what Envoy replies, or the upstream.
	original Reply
	// Rewritten by jobs that rewrite: message and type of the new body. Empty: all jobs leave the reply.
	message, responseType string
	// head says that the reply has no body.
	head bool
}

// Reply is what a client must get.
type Reply struct {
	Status int
	Body   string
	// JSON says that the content-type is application/json.
	JSON bool
}

// connections is how many a scenario keeps open, unless it says otherwise: enough that the proxy always has something to do.
const connections = 8

// Flood is the name of the scenario whose first request passes, since a rate limit needs one.
const Flood = "flood"

// flood is how many connections the flood comes from.
const flood = 64

// All returns all scenarios, in the order of tables.
func All() []Scenario {
	get := func(path string) load.Spec {
		return load.Spec{Method: http.MethodGet, Path: path, Connections: connections}
	}
	overHTTP2 := func(path string) load.Spec {
		return load.Spec{Method: http.MethodGet, Path: path, HTTP2: true, Connections: 2, Streams: connections / 2}
	}
	upload := get("/upload")
	upload.Method, upload.Body = http.MethodPost, load.LargeBody
	head := get("/deny")
	head.Method = http.MethodHead
	many := get("/limited")
	many.Connections = flood
	ok := Reply{http.StatusOK, load.GoodBody, false}
	denied := Reply{http.StatusForbidden, "RBAC: access denied", false}
	const forbidden, accessDenied = "User is not authorized to access this resource", "ACCESS_DENIED"
	return []Scenario{
		{Name: "good", Title: "good reply, small", Good: true, Spec: get("/ok"), original: ok},
		{Name: "download", Title: "good reply of 1 MiB", Good: true, Spec: get(load.PathDownload), original: Reply{http.StatusOK, strings.Repeat("d", load.LargeBody), false}},
		{Name: "upload", Title: "good request of 1 MiB", Good: true, Spec: upload, original: ok},
		{Name: "upstream-error", Title: "the upstream's own 503", Good: true, Spec: get(load.PathError), original: Reply{http.StatusServiceUnavailable, load.ErrorBody, true}},
		{Name: "error", Title: "error with a body (RBAC 403): changed in place", Spec: get("/deny"), original: denied, message: forbidden, responseType: accessDenied},
		{Name: "header-only", Title: "error without a body (no route, 404)", Spec: get("/missing"), original: Reply{http.StatusNotFound, "", false}, message: "Not Found", responseType: "RESOURCE_NOT_FOUND"},
		{Name: "head", Title: "HEAD of an error (RBAC 403)", Spec: head, original: denied, message: forbidden, responseType: accessDenied, head: true},
		{Name: Flood, Title: "a flood of 429 from 64 connections", Spec: many, original: Reply{http.StatusTooManyRequests, "local_rate_limited", false}, message: "Too Many Requests", responseType: "THROTTLED"},
		{Name: "h2-good", Title: "good reply, small, HTTP/2", Good: true, Spec: overHTTP2("/ok"), original: ok},
		{Name: "h2-error", Title: "error with a body, HTTP/2", Spec: overHTTP2("/deny"), original: denied, message: forbidden, responseType: accessDenied},
	}
}

// Want is the reply that a variant with a job must give.
func (s Scenario) Want(job variant.Job) Reply {
	want := s.original
	if s.message != "" && job != variant.Original {
		want.JSON = true
		want.Body = `{"message":"` + s.message + `"`
		if job == variant.Rewrite {
			want.Body += `,"type":"` + s.responseType + `","id":"` + load.RequestID + `","path":"` + s.Spec.Path + `"`
		}
		want.Body += "}"
	}
	if s.head {
		want.Body = ""
	}
	return want
}
