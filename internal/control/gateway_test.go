// SPDX-License-Identifier: Apache-2.0

package control

import (
	"errors"
	"strings"
	"testing"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/deliver"
)

// TestGateways says how gateways come, change and go.
func TestGateways(t *testing.T) {
	w := newWorld(t)
	all := must2(w.Gateways(t.Context(), w.by))(w)
	if len(all) != 1 || all[0].Name != DefaultGateway || all[0].ETag != `"0"` {
		t.Fatalf("from the start: %+v", all)
	}
	edge := must2(w.PutGateway(t.Context(), w.by, Gateway{Name: "edge", Description: "one", Files: "ignored"}))(w)
	if edge.ETag != `"1"` || edge.Files != "" {
		t.Errorf("%+v", edge)
	}
	stale := w.by
	stale.IfMatch = `"0"`
	_, err := w.PutGateway(t.Context(), stale, Gateway{Name: "edge"})
	refused(t, err, "ConflictException", "concurrent modification")
	if got := must2(w.Gateway(t.Context(), w.by, "edge"))(w); got.Description != "one" || got.ETag != `"1"` {
		t.Errorf("%+v", got)
	}
	for _, tc := range []struct {
		g    Gateway
		want string
	}{
		{Gateway{}, `"" is no name of a gateway`},
		{Gateway{Name: "a/b"}, `"a/b" is no name`},
		{Gateway{Name: strings.Repeat("a", 64)}, "is no name"},
		{Gateway{Name: "a", Description: strings.Repeat("a", 2000)}, "the description has 2000 bytes"},
		{Gateway{Name: "a", Plugin: deliver.Plugin{Version: "9.9.9"}}, `plugin.version: unknown version "9.9.9"`},
		{Gateway{Name: "a", Plugin: deliver.Plugin{Version: "0.1.0"}}, "need the filter 0.2.0 or newer"},
		{Gateway{Name: "a", Plugin: deliver.Plugin{File: "a\nb"}}, "plugin.file is no path"},
		{Gateway{Name: "a", Plugin: deliver.Plugin{Environment: map[string]string{"a=b": "c"}}}, `"a=b" is no name`},
		{Gateway{Name: "a", Plugin: deliver.Plugin{Environment: map[string]string{"A": "\x00"}}}, "plugin.environment.A"},
		{Gateway{Name: "a", Rollout: &RolloutPlan{}}, "rollout.first chooses no node"},
		{Gateway{Name: "a", Rollout: &RolloutPlan{First: deliver.Selector{Nodes: []string{""}}}}, "is no glob"},
		{Gateway{Name: "a", Rollout: &RolloutPlan{First: deliver.Selector{Nodes: []string{"x"}}, AfterSeconds: -1}}, "rollout.afterSeconds is -1"},
	} {
		_, err := w.PutGateway(t.Context(), w.by, tc.g)
		refused(t, err, "BadRequestException", tc.want)
	}

	api := w.shop()
	host := "edge.example.com"
	must2(w.CreateDomainName(t.Context(), w.by, apigateway.CreateDomainNameInput{DomainName: &host, Tags: map[string]string{"gateway": "edge"}}))(w)
	w.bind(host, "", api)
	if f := w.fleetOf("edge"); w.template(f.Stable) != `{"n":0}` {
		t.Errorf("%s", f.Stable.Text)
	}
	refused(t, w.DeleteGateway(t.Context(), w.by, "edge"), "ConflictException", "serves 1 domain names")
	must2(w.DeleteDomainName(t.Context(), w.by, apigateway.DeleteDomainNameInput{DomainName: host}))(w)
	must(w, 0, w.DeleteGateway(t.Context(), w.by, "edge"))
	refused(t, w.DeleteGateway(t.Context(), w.by, "edge"), "NotFoundException", `no gateway "edge"`)
	must2(w.PutGateway(t.Context(), w.by, Gateway{Name: "edge"}))(w)
	if f := w.fleetOf("edge"); f.Stable.Revision != 0 {
		t.Errorf("a new gateway has revision %d of an old one", f.Stable.Revision)
	}
}

// TestBase says that a base document compiles alone and with the stages, and what lint says of it.
func TestBase(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	empty := must2(w.Base(t.Context(), w.by, DefaultGateway))(w)
	if empty.Text != "{}" || empty.ETag != `"0"` {
		t.Errorf("%+v", empty)
	}
	b := must2(w.PutBase(t.Context(), w.by, DefaultGateway, "# ours\ngatewayResponses: {DEFAULT_5XX: {statusCode: 200}}"))(w)
	if len(b.Findings) == 0 || b.ETag != `"1"` {
		t.Errorf("lint finds nothing: %+v", b)
	}
	if read := must2(w.Base(t.Context(), w.by, DefaultGateway))(w); read.Text != b.Text || read.ETag != b.ETag {
		t.Errorf("%+v", read)
	}
	stale := w.by
	stale.IfMatch = `"0"`
	_, err := w.PutBase(t.Context(), stale, DefaultGateway, "{}")
	refused(t, err, "ConflictException", "")
	for _, tc := range []struct{ text, want string }{
		{"", "is empty"},
		{"mod: off", `default/base.yaml:1:1: mod: unknown key "mod"`},
		{`{"revision": 1}`, "the server numbers revisions itself"},
		{"a: *b", "*b"},
		{"routes: [{name: " + api + "/prod, match: {pathPrefix: /}}]", api + "/prod: name: "},
		{"{\"x-a\": \"" + strings.Repeat("x", 3<<20) + "\"}", "2 MiB"},
	} {
		_, err := w.PutBase(t.Context(), w.by, DefaultGateway, tc.text)
		refused(t, err, "BadRequestException", tc.want)
		var problem *Problem
		if tc.text != "" && (!errors.As(err, &problem) || !problem.Findings.HasErrors()) {
			t.Errorf("%.40s: no Problem: %v", tc.text, err)
		}
	}
	_, err = w.PutBase(t.Context(), w.by, "edge", "{}")
	refused(t, err, "NotFoundException", `no gateway "edge"`)
}

// TestGatewayRights says that what is for a whole gateway takes rights on all APIs, and what is for one API takes those on it.
func TestGatewayRights(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	one := Caller{Name: "bob", Rights: auth.Rights{Role: auth.Admin, APIs: []string{api}}}
	until := w.clock.Now().Add(1e9)
	_, err := w.Pin(t.Context(), one, DefaultGateway, 1, "")
	refused(t, err, "AccessDeniedException", "bob")
	_, err = w.PutSwitch(t.Context(), one, Switch{Gateway: DefaultGateway, Mode: "off", Until: until})
	refused(t, err, "AccessDeniedException", "on all APIs")
	_, err = w.Revision(t.Context(), one, DefaultGateway, 1)
	refused(t, err, "AccessDeniedException", "on all APIs")
	_, err = w.PutSwitch(t.Context(), one, Switch{API: api, Mode: "off", Until: until})
	must(w, 0, err)
	must(w, 0, w.EndSwitch(t.Context(), one, Switch{API: api}))
	refused(t, w.EndSwitch(t.Context(), one, Switch{API: api}), "NotFoundException", "no switch on the API "+api)

	editor := Caller{Name: "eve", Rights: auth.Rights{Role: auth.Edit}}
	_, err = w.ReleasePin(t.Context(), editor, DefaultGateway)
	refused(t, err, "AccessDeniedException", `"deploy"`)
	_, err = w.PutBase(t.Context(), Caller{Name: "dan", Rights: auth.Rights{Role: auth.Deploy}}, DefaultGateway, "{}")
	refused(t, err, "AccessDeniedException", `"admin"`)
}

// TestNodesOfNone says that a gateway which is not there has no nodes to show.
func TestNodesOfNone(t *testing.T) {
	w := newWorld(t)
	w.Saw(t.Context(), deliver.Node{ID: "a", Gateway: "edge", State: deliver.Acknowledged})
	if nodes, err := w.Nodes(t.Context(), w.by, "edge"); err == nil {
		t.Errorf("nodes: %+v", nodes)
	}
	if rates, err := w.Rates(t.Context(), w.by, "edge"); err == nil {
		t.Errorf("rates: %+v", rates)
	}
}
