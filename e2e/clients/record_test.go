// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"gatewayresponses/internal/awsmodel"
)

// recorder holds the replies that have passed.
type recorder struct {
	mu      sync.Mutex
	replies []awsmodel.Reply
}

// record starts a recorder in front of a server. When the test ends, it holds every reply against the model of API Gateway.
func record(t testing.TB, server string) string {
	t.Helper()
	target, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	r := &recorder{}
	proxy := &httputil.ReverseProxy{
		Rewrite: func(r *httputil.ProxyRequest) {
			r.SetURL(target)
			r.Out.Host = r.In.Host // it is signed
		},
		ModifyResponse: r.note,
	}
	front := httptest.NewServer(proxy)
	model, err := awsmodel.Load(filepath.Join(library(t), "botocore/data/apigateway/2015-07-09/service-2.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		front.Close()
		r.check(t, model)
	})
	return front.URL
}

// note keeps a reply.
func (r *recorder) note(response *http.Response) error {
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	r.mu.Lock()
	defer r.mu.Unlock()
	r.replies = append(r.replies, awsmodel.Reply{
		Method: response.Request.Method, Path: response.Request.URL.EscapedPath(), Query: response.Request.URL.Query(),
		Status: response.StatusCode, Header: response.Header, Body: body,
	})
	return nil
}

// check holds all replies against the model.
func (r *recorder) check(t testing.TB, model *awsmodel.Model) {
	r.mu.Lock()
	defer r.mu.Unlock()
	seen := map[string]bool{}
	for _, reply := range r.replies {
		if reply.Path == "/" { // the Security Token Service
			continue
		}
		operation, faults := model.Check(reply)
		seen[operation] = true
		for _, fault := range faults {
			t.Errorf("%s (%s %s, %d): %s", operation, reply.Method, reply.Path, reply.Status, fault)
		}
	}
	var operations []string
	for name := range seen {
		operations = append(operations, name)
	}
	slices.Sort(operations)
	t.Logf("%d replies of %d operations: %s", len(r.replies), len(operations), strings.Join(operations, " "))
	if len(r.replies) == 0 {
		t.Error("nothing was asked of gwrd")
	}
}
