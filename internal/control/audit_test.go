// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/control/audit"
	"gatewayresponses/internal/store/sqlite"
)

// entries are all entries of the audit log, the oldest first.
func (s *server) entries(t *testing.T) []audit.Entry {
	t.Helper()
	var found []audit.Entry
	for entry, err := range s.AuditLog(t.Context(), admin, control.AuditQuery{}, false) {
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, entry)
	}
	return found
}

// TestAudit holds that a change leaves one entry with what was before and after, that a failed one leaves none, and that the chain holds.
func TestAudit(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	api := s.api(t)
	by := admin
	by.Name, by.Key, by.RequestID = "ann", "AKIDANN", "request-2"
	must(s.PutGatewayResponse(ctx, by, apigateway.PutGatewayResponseInput{RestAPIID: api, ResponseType: "THROTTLED", StatusCode: new("430")}))(t)
	must(s.PutGatewayResponse(ctx, by, apigateway.PutGatewayResponseInput{RestAPIID: api, ResponseType: "THROTTLED", StatusCode: new("431")}))(t)
	if _, err := s.DeleteGatewayResponse(ctx, by, apigateway.DeleteGatewayResponseInput{RestAPIID: api, ResponseType: "UNAUTHORIZED"}); err == nil {
		t.Error("what is not there was removed")
	}
	by.Key, by.Person = "", "https://id.example.com|bob"
	must(s.DeleteGatewayResponse(ctx, by, apigateway.DeleteGatewayResponseInput{RestAPIID: api, ResponseType: "THROTTLED"}))(t)
	entries := s.entries(t)
	var actions []string
	for _, entry := range entries {
		actions = append(actions, entry.Action)
	}
	if diff := cmp.Diff([]string{"CreateRestApi", "PutGatewayResponse", "PutGatewayResponse", "DeleteGatewayResponse"}, actions); diff != "" {
		t.Fatalf("actions (-want +got):\n%s", diff)
	}
	if last := entries[3]; last.Key != "" || last.Person != by.Identity() {
		t.Errorf("the entry of a person without a key is %+v", last)
	}
	second := entries[2]
	if second.By != "ann" || second.Key != "AKIDANN" || second.RequestID != "request-2" || !second.At.Equal(s.now) || len(second.Changes) != 1 {
		t.Errorf("the entry of the second change is %+v", second)
	}
	for _, tt := range []struct {
		entry         int
		before, after string
	}{{1, "", "430"}, {2, "430", "431"}, {3, "431", ""}} {
		change := entries[tt.entry].Changes[0]
		if got := statusIn(t, change.Before) + ">" + statusIn(t, change.After); got != tt.before+">"+tt.after || change.Kind != "response" || change.Scope != api || change.Name != "THROTTLED" {
			t.Errorf("entry %d says %s of %+v", tt.entry, got, change)
		}
	}
	proof := must(s.VerifyAudit(ctx, admin))(t)
	if proof.Entries != 4 || proof.Hash != entries[3].Hash {
		t.Errorf("VerifyAudit gave %+v", proof)
	}
}

// statusIn is the status of a gateway response in JSON; "" without one.
func statusIn(t *testing.T, text json.RawMessage) string {
	t.Helper()
	var response apigateway.GatewayResponse
	if len(text) > 0 {
		if err := json.Unmarshal(text, &response); err != nil {
			t.Fatal(err)
		}
	}
	return response.StatusCode
}

// TestAuditPages holds that pages follow each other in both orders, and that filters hold.
func TestAuditPages(t *testing.T) {
	s := newServer(t, false)
	first, second := s.api(t), s.api(t)
	for i := range 230 {
		must(s.PutGatewayResponse(t.Context(), admin, apigateway.PutGatewayResponseInput{RestAPIID: first, ResponseType: "THROTTLED", StatusCode: new(fmt.Sprint(400 + i%100))}))(t)
	}
	limited := admin
	limited.Rights = auth.Rights{Role: auth.Read, APIs: []string{second}}
	for _, tt := range []struct {
		name string
		by   control.Caller
		q    control.AuditQuery
		want []int64
	}{
		{"all", admin, control.AuditQuery{Query: audit.Query{Limit: 70}}, numbers(1, 232)},
		{"newest", admin, control.AuditQuery{Query: audit.Query{Newest: true, Limit: 70}}, numbers(232, 1)},
		{"after", admin, control.AuditQuery{Query: audit.Query{After: 230}}, numbers(231, 232)},
		{"before", admin, control.AuditQuery{Query: audit.Query{Newest: true, Before: 3}}, numbers(2, 1)},
		{"before what is not there yet", admin, control.AuditQuery{Query: audit.Query{Newest: true, Before: 400, Limit: 500}}, numbers(232, 1)},
		{"before the largest number", admin, control.AuditQuery{Query: audit.Query{Newest: true, Before: math.MaxInt64}, API: second}, numbers(2, 2)},
		{"after what is not there yet", admin, control.AuditQuery{Query: audit.Query{After: math.MaxInt64}}, nil},
		{"an API", admin, control.AuditQuery{API: second}, numbers(2, 2)},
		{"the newest of an API", admin, control.AuditQuery{Query: audit.Query{Newest: true}, API: second}, numbers(2, 2)},
		{"a caller who may read one", limited, control.AuditQuery{}, numbers(2, 2)},
		{"another API for them", limited, control.AuditQuery{API: first}, nil},
		{"a host", admin, control.AuditQuery{Host: "a.example.com"}, nil},
	} {
		var got []int64
		q := tt.q
		for range 10 {
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			entries, next, err := s.Audit(ctx, tt.by, q)
			cancel()
			if err != nil {
				t.Fatal(err)
			}
			for _, entry := range entries {
				got = append(got, entry.Number)
			}
			if next == 0 {
				break
			}
			if q.After = next; q.Newest {
				q.After, q.Before = 0, next
			}
		}
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", tt.name, diff)
		}
	}
	_, err := s.VerifyAudit(t.Context(), limited)
	wantError(t, err, "AccessDeniedException", `admin may not do this: it needs the role "read" on all APIs`)
}

// numbers are those from one to another, up or down.
func numbers(from, to int64) []int64 {
	made := []int64{from}
	for from != to {
		if from < to {
			from++
		} else {
			from--
		}
		made = append(made, from)
	}
	return made
}

// TestAuditFollow holds that whoever follows the log sees what comes.
func TestAuditFollow(t *testing.T) {
	s := newServer(t, false)
	api := s.api(t)
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	seen := 0
	for entry, err := range s.AuditLog(ctx, admin, control.AuditQuery{}, true) {
		if err != nil {
			t.Fatal(err)
		}
		if seen++; seen != int(entry.Number) {
			t.Errorf("entry %d comes at place %d", entry.Number, seen)
		}
		if seen == 3 {
			cancel()
			break
		}
		must(s.PutGatewayResponse(t.Context(), admin, apigateway.PutGatewayResponseInput{RestAPIID: api, ResponseType: "THROTTLED", StatusCode: new(fmt.Sprint(400 + seen))}))(t)
	}
	if seen != 3 {
		t.Errorf("%d entries were seen, want 3", seen)
	}
}

// TestAuditChanged holds that a row of the log which was changed, removed or put in is found.
func TestAuditChanged(t *testing.T) {
	for _, tt := range []struct{ name, statement, want string }{
		{"who", `update logs set body = cast(replace(cast(body as text), '"by":"admin"', '"by":"other"') as blob) where number = 2`, "the audit log was changed: entry 2 is not what was written"},
		{"what", `update logs set body = cast(replace(cast(body as text), '401', '402') as blob) where number = 3`, "the audit log was changed: entry 3 is not what was written"},
		{"a row less", `delete from logs where number = 2`, "the audit log was changed: after entry 1 comes entry 3"},
		{"a row again", `update logs set body = (select body from logs where number = 1) where number = 2`, "the audit log was changed: after entry 1 comes entry 1"},
	} {
		path := filepath.Join(t.TempDir(), "gwrd.db")
		s := openServer(t, path)
		api := s.api(t)
		for _, status := range []string{"400", "401", "402"} {
			must(s.PutGatewayResponse(t.Context(), admin, apigateway.PutGatewayResponseInput{RestAPIID: api, ResponseType: "THROTTLED", StatusCode: &status}))(t)
		}
		must(s.VerifyAudit(t.Context(), admin))(t)
		tamper(t, path, tt.statement)
		_, err := s.VerifyAudit(t.Context(), admin)
		if err == nil || !strings.HasPrefix(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
}

// openServer makes a Control on a SQLite store in a file.
func openServer(t *testing.T, path string) *server {
	t.Helper()
	opened, err := sqlite.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = opened.Close() })
	return &server{Control: control.New(opened, control.Options{Account: account}), store: opened}
}

// tamper changes the file of a store behind its back.
func tamper(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

// TestAuditOfLargeChanges holds that an entry stays small however much a change removes.
func TestAuditOfLargeChanges(t *testing.T) {
	s := newServer(t, false)
	template := strings.Repeat("x", 20<<10)
	paths := map[string]any{}
	for i := range 60 {
		paths[fmt.Sprint("/a", i)] = map[string]any{"get": map[string]any{"x-amazon-apigateway-integration": map[string]any{"type": "mock", "requestTemplates": map[string]string{"application/json": template}}}}
	}
	body, err := json.Marshal(map[string]any{"openapi": "3.0.1", "info": map[string]string{"title": "large"}, "paths": paths})
	if err != nil {
		t.Fatal(err)
	}
	api := must(s.ImportRestAPI(t.Context(), admin, apigateway.ImportRestAPIInput{Body: body}))(t).ID
	must(s.DeleteRestAPI(t.Context(), admin, apigateway.DeleteRestAPIInput{RestAPIID: api}))(t)
	for _, entry := range s.entries(t) {
		text, err := json.Marshal(entry)
		if err != nil {
			t.Fatal(err)
		}
		if len(entry.Changes) != 62 || len(text) > 400<<10 {
			t.Errorf("the entry of %s has %d changes and %d bytes", entry.Action, len(entry.Changes), len(text))
		}
	}
	must(s.VerifyAudit(t.Context(), admin))(t)
}
