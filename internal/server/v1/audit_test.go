// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"bufio"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/tidwall/gjson"

	"gatewayresponses/internal/auth"
)

// TestAudit holds that the log has all changes with the ids of their requests, in either order, part by part, and that a stream waits
// for those to come.
func TestAudit(t *testing.T) {
	s := newStack(t)
	shop, pets := s.api(t, "shop"), s.api(t, "pets")
	last := s.send(s.admin, "PUT", "/v1/apis/"+shop+"/responses/THROTTLED", `{"statusCode": "420"}`)

	var oldest, newest []int64
	for _, order := range []string{"oldest", "newest"} {
		for cursor := ""; ; {
			path := "/v1/audit?limit=2&order=" + order
			if cursor != "" {
				path += "&cursor=" + cursor
			}
			part := s.send(s.admin, "GET", path, "")
			for _, number := range part.get("items.#.number").Array() {
				if order == "oldest" {
					oldest = append(oldest, number.Int())
				} else {
					newest = append([]int64{number.Int()}, newest...)
				}
			}
			if cursor = part.get("next").String(); cursor == "" {
				break
			}
		}
	}
	if len(oldest) != 6 || len(newest) != 6 { // a key, twice an API and its deployment, a response
		t.Errorf("the log has %v, and the other way round %v, want 6 entries", oldest, newest)
	}
	entry := s.send(s.admin, "GET", "/v1/audit?limit=1", "").get("items.0")
	if entry.Get("action").String() != "PutGatewayResponse" || entry.Get("requestId").String() != last.header.Get("X-Request-Id") || entry.Get("by").String() != "key 1" {
		t.Errorf("the newest entry is %s, want the request %s", entry, last.header.Get("X-Request-Id"))
	}
	other := s.key(t, auth.Rights{Role: auth.Read, APIs: []string{pets}})
	if got := s.send(other, "GET", "/v1/audit", ""); strings.Contains(got.body, shop) || !strings.Contains(got.body, pets) {
		t.Errorf("who may read %s sees %s", pets, got.body)
	}

	server := httptest.NewServer(s)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/v1/audit/log?follow=true&api="+shop, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.admin)
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	lines := bufio.NewScanner(answer.Body)
	for range 3 {
		if !lines.Scan() {
			t.Fatalf("the stream ends early: %v", lines.Err())
		}
	}
	s.send(s.admin, "DELETE", "/v1/apis/"+shop+"/responses/THROTTLED", "")
	if !lines.Scan() || gjson.Get(lines.Text(), "action").String() != "DeleteGatewayResponse" {
		t.Errorf("the stream goes on with %s, %v, want what was just done", lines.Text(), lines.Err())
	}
}
