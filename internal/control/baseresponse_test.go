// SPDX-License-Identifier: Apache-2.0

package control

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/entries"
)

// TestBaseResponses changes single entries of a base document, and holds its text, its version and what reaches the nodes.
func TestBaseResponses(t *testing.T) {
	w := newWorld(t)
	w.shop()
	const before = "# ours\nmode: observe\ngatewayResponses:\n  DEFAULT_4XX: {statusCode: 418} # tea\nclassification: [] # none yet\n"
	must2(w.PutBase(t.Context(), w.by, DefaultGateway, before))(w)
	put := must2(w.PutBaseResponse(t.Context(), w.by, DefaultGateway, BaseResponseInput{
		Type: "X_LOGIN", Parts: entries.Parts{StatusCode: "401"},
		Rule: &NewRule{Name: "login", When: `{"filter": ["envoy.filters.http.oauth2"], "status": ["302"]}`},
	}))(w)
	if !strings.HasPrefix(put.Text, "# ours\nmode: observe\ngatewayResponses:\n  DEFAULT_4XX: {statusCode: 418} # tea\n  X_LOGIN:\n    statusCode: \"401\"\nclassification:\n") || put.ETag != `"2"` {
		t.Errorf("%+v", put)
	}
	one := must2(w.BaseResponse(t.Context(), w.by, DefaultGateway, "X_LOGIN"))(w)
	if login, etag := one.Items[0], one.ETag; login.State != entries.Own || login.StatusCode != strconv.Itoa(http.StatusUnauthorized) || len(login.Rules) != 1 || login.Rules[0].Name != "login" || string(one.Settings) != `{"mode":"observe"}` || etag != `"2"` {
		t.Errorf("%+v of version %s", login, etag)
	}
	all := must2(w.BaseResponses(t.Context(), w.by, DefaultGateway))(w)
	if len(all.Items) != len(config.ResponseTypes())+1 {
		t.Errorf("%d types", len(all.Items))
	}

	stale := w.by
	stale.IfMatch = `"1"`
	_, err := w.PutBaseResponse(t.Context(), stale, DefaultGateway, BaseResponseInput{Type: "THROTTLED"})
	refused(t, err, "ConflictException", "concurrent modification")
	_, err = w.DeleteBaseResponse(t.Context(), w.by, DefaultGateway, "X_LOGIN")
	var problem *Problem
	if !errors.As(err, &problem) {
		t.Errorf("a type goes that a rule names: %v", err)
	}
	gone := must2(w.DeleteBaseResponse(t.Context(), w.by, DefaultGateway, "DEFAULT_4XX"))(w)
	if strings.Contains(gone.Text, "tea") || !strings.Contains(gone.Text, "X_LOGIN") {
		t.Errorf("%s", gone.Text)
	}
	editor := Caller{Name: "eve", Rights: auth.Rights{Role: auth.Deploy}}
	_, err = w.PutBaseResponse(t.Context(), editor, DefaultGateway, BaseResponseInput{Type: "THROTTLED"})
	refused(t, err, "AccessDeniedException", `"admin"`)

	draft := string(must2(w.DraftBase(t.Context(), editor, DefaultGateway, map[string]entries.Parts{"THROTTLED": {StatusCode: "420"}}))(w))
	if !strings.Contains(draft, `"THROTTLED":{"statusCode":"420"}`) || !strings.Contains(draft, "shop.example.com") {
		t.Errorf("the draft is %s", draft)
	}
	if now := must2(w.Base(t.Context(), w.by, DefaultGateway))(w); now.Text != gone.Text {
		t.Errorf("the draft has changed the base document: %s", now.Text)
	}
	w.clock.pass(together)
	w.do()
	if f := w.fleetOf(DefaultGateway); !strings.Contains(string(f.Stable.Text), `"X_LOGIN":{"statusCode":"401"}`) {
		t.Errorf("nodes get %s", f.Stable.Text)
	}
}

// TestWhoChanged finds who has changed a record last.
func TestWhoChanged(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	bob := Caller{Name: "bob", Rights: auth.Rights{Role: auth.Admin}}
	must2(w.PutBase(t.Context(), bob, DefaultGateway, "mode: observe"))(w)
	w.respond(api, "UNAUTHORIZED", "{}")
	last := func(q AuditQuery) string {
		q.Newest, q.Limit = true, 1
		entries, _, err := w.Audit(t.Context(), w.by, q)
		if must(w, 0, err); len(entries) != 1 || len(entries[0].Changes) != 1 {
			t.Fatalf("%+v gives %+v", q, entries)
		}
		return entries[0].By + " " + entries[0].Action
	}
	if got := last(AuditQuery{Kind: "base", Name: DefaultGateway}); got != "bob PutBase" {
		t.Errorf("the base document was changed by %s", got)
	}
	if got := last(AuditQuery{API: api, Kind: "response", Name: "THROTTLED"}); got != "ann PutGatewayResponse" {
		t.Errorf("the gateway response was changed by %s", got)
	}
}
