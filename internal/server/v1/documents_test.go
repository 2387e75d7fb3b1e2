// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"gatewayresponses/internal/auth"
)

// TestDocumentsAreBounded holds that few documents are kept, and those that were used last.
func TestDocumentsAreBounded(t *testing.T) {
	var d documents
	read := func(text string) *compiled {
		t.Helper()
		c, err := d.read(Text{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	first := read("{}")
	for i := range 3 * maxDocuments {
		read(fmt.Sprintf(`{"revision": %d}`, i))
		if read("{}") != first {
			t.Fatal("a document in use was forgotten")
		}
	}
	if n := d.order.Len(); n != maxDocuments || n != len(d.byKey) {
		t.Errorf("%d documents are kept, %d can be found, want %d", n, len(d.byKey), maxDocuments)
	}
	for i := range 12 {
		read(fmt.Sprintf(`{"revision": %d, "x-a": "%s"}`, i, strings.Repeat("a", 1<<20)))
	}
	total := 0
	for at := d.order.Front(); at != nil; at = at.Next() {
		total += at.Value.(*compiled).size
	}
	if d.bytes != total || total > maxDocumentBytes {
		t.Errorf("%d bytes are kept and %d counted, want %d at most", total, d.bytes, maxDocumentBytes)
	}
}

// TestDocumentsAreShared asks for one document from many sides at once, for the race detector.
func TestDocumentsAreShared(t *testing.T) {
	s := newStack(t)
	body := `{"document": ` + document + `, "exchange": {"error": "THROTTLED"}}`
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for _, call := range []struct{ path, body string }{
				{"explain", body},
				{"validate", `{"lint": true, ` + document[1:]},
				{"survey", `{"document": ` + document + `}`},
				{"export", `{"document": ` + document + `, "route": "shop", "into": {"text": "openapi: 3.0.1\npaths: {}\n"}}`},
			} {
				if got := s.send(s.admin, http.MethodPost, "/v1/"+call.path, call.body); got.status != http.StatusOK {
					t.Errorf("%s: status %d: %s", call.path, got.status, got.body)
				}
			}
		})
	}
	group.Wait()
}

// TestListsLeaveOut holds that lists have what the key is for, and nothing else.
func TestListsLeaveOut(t *testing.T) {
	s := newStack(t)
	shop, pets := s.api(t, "shop"), s.api(t, "pets")
	for _, host := range []string{"a.example.com", "b.example.com"} {
		s.send(s.admin, "POST", "/v1/hosts", `{"host": "`+host+`"}`)
	}
	s.send(s.admin, "PUT", "/v1/apis/"+shop+"/switch", `{"mode": "off", "seconds": 60}`)
	s.send(s.admin, "PUT", "/v1/apis/"+pets+"/responses/THROTTLED", `{"statusCode": "420"}`)
	only := s.key(t, auth.Rights{Role: auth.Admin, APIs: []string{pets}, Hosts: []string{"b.*"}})
	for _, test := range []struct{ path, items, want string }{
		{"/apis", "items.#.id", `["` + pets + `"]`},
		{"/hosts", "items.#.host", `["b.example.com"]`},
		{"/switches", "items.#.api", `[]`},
		{"/pending", "stages.#.api", `["` + pets + `"]`},
	} {
		if got := s.send(only, "GET", "/v1"+test.path, ""); got.get(test.items).Raw != test.want {
			t.Errorf("GET %s: status %d: %s, want %s", test.path, got.status, got.body, test.want)
		}
	}
	for _, path := range []string{"/audit", "/bindings", "/keys"} {
		if got := s.send(only, "GET", "/v1"+path, ""); got.status != http.StatusOK || strings.Contains(got.body, shop) {
			t.Errorf("GET %s: status %d, and says something of %s: %s", path, got.status, shop, got.body)
		}
	}
}
