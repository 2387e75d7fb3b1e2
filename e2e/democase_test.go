// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"gatewayresponses/e2e/envoytest"
)

// demoCase is one golden file of testdata/demo.
type demoCase struct {
	name    string
	path    string
	request envoytest.Request
	archive *txtar.Archive
}

// demoCases reads testdata/demo.
func demoCases(t *testing.T) []demoCase {
	t.Helper()
	paths, err := filepath.Glob("testdata/demo/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("testdata/demo has %d cases, %v", len(paths), err)
	}
	var cases []demoCase
	for _, path := range paths {
		archive, err := txtar.ParseFile(path)
		if err != nil {
			t.Fatal(err)
		}
		c := demoCase{name: strings.TrimSuffix(filepath.Base(path), ".txtar"), path: path, archive: archive}
		if c.request, err = parseRequest(c.file("request")); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		cases = append(cases, c)
	}
	return cases
}

// file returns a file of the case, "" when it has none of that name.
func (c demoCase) file(name string) string {
	for _, file := range c.archive.Files {
		if file.Name == name {
			return string(file.Data)
		}
	}
	return ""
}

// write puts a file into the case, and the case into testdata.
func (c demoCase) write(t *testing.T, name, text string) {
	t.Helper()
	found := false
	for i, file := range c.archive.Files {
		if file.Name == name {
			found = true
			c.archive.Files[i].Data = []byte(text)
		}
	}
	if !found {
		c.archive.Files = append(c.archive.Files, txtar.File{Name: name, Data: []byte(text)})
	}
	if err := os.WriteFile(c.path, txtar.Format(c.archive), 0o644); err != nil {
		t.Fatal(err)
	}
}

// trial is one way to send the request of a case.
type trial struct {
	// name is "CASE, VERSION OF HTTP, METHOD".
	name    string
	client  envoytest.Client
	request envoytest.Request
}

// trials returns all ways: over each version of HTTP, and as HEAD, too. The first is what golden files are written from.
func (c demoCase) trials() []trial {
	var trials []trial
	for _, client := range envoytest.Clients {
		for _, method := range []string{c.request.Method, http.MethodHead} {
			r := c.request
			r.Method = method
			trials = append(trials, trial{c.name + ", " + client.Name + ", " + method, client, r})
		}
	}
	return trials
}

// want returns the reply that a trial must get: a reply to HEAD has no body.
func (c demoCase) want(document string, tr trial) string {
	reply := c.file(document)
	head, _, hasBody := strings.Cut(reply, "\n\n")
	if tr.request.Method == http.MethodHead && hasBody {
		return head + "\n"
	}
	return reply
}
