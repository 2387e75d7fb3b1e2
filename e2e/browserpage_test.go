// SPDX-License-Identifier: Apache-2.0

//go:build browser

package e2e

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/gallery"
	"gatewayresponses/internal/survey"
)

// TestBrowserPage opens the page of gwr render from disk, with a body that does all it can to run and to ask for something: the
// page's own filter works, and nothing else happens.
func TestBrowserPage(t *testing.T) {
	var asked atomic.Int32
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer elsewhere.Close()
	body := strings.ReplaceAll(`<!doctype html><meta http-equiv="refresh" content="0;url=HERE/refresh"><link rel="stylesheet" href="HERE/style">
<link rel="icon" href="HERE/icon"><style>@import url(HERE/import); body { background: url(HERE/background) }</style>
<img src="HERE/image"><iframe src="HERE/frame"></iframe><object data="HERE/object"></object><video autoplay src="HERE/video"></video>
<script src="HERE/script"></script><script>fetch("HERE/fetch"); top.document.title = "taken"; top.location = "HERE/top"</script>
<body onload="new Image().src='HERE/onload'"><svg onload="location='HERE/svg'"></svg>`, "HERE", elsewhere.URL)
	text, err := json.Marshal(map[string]any{"gatewayResponses": map[string]any{"THROTTLED": map[string]any{
		"responseTemplates": map[string]any{"text/html": body, "application/json": "{}"},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	document, _ := config.Decode(text)
	program, findings := engine.Load(text, engine.Everything())
	if program == nil {
		t.Fatal(findings)
	}
	page, err := gallery.Page("gwr.yaml", survey.Of(exchange.Document{Config: document, Program: program}))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, page, 0o600); err != nil {
		t.Fatal(err)
	}
	dom := load(t, "file://"+path)
	for _, want := range []string{"<title>Replies of gwr.yaml</title>", `<output aria-live="polite">2 of 2</output>`} {
		if !strings.Contains(dom, want) {
			t.Errorf("the page lacks %s in the end:\n%s", want, dom)
		}
	}
	if n := asked.Load(); n > 0 {
		t.Errorf("%d requests were sent, want none", n)
	}
}
