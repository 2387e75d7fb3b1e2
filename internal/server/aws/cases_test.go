// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/store/storetest"
)

// TestCases sends the requests of testdata/cases to a server, a new one for each file, in which there is an API $api with the root
// resource $root; and those of testdata/accepting to one that accepts settings without effect. Sections are in pairs: a request and its
// answer.
//
// A request is one of HTTP without a version; the header As says with which role it is sent, admin without it, nobody for no key.
// An answer is a status, headers that it must have, and a body. "*" stands for any value of a header or a member, and "!" for a
// header that must not be there. "$name" is any value where it stands first, and that value from then on. JSON is compared as
// values.
func TestCases(t *testing.T) {
	t.Run("strict", func(t *testing.T) { testCases(t, "testdata/cases", control.Options{}) })
	t.Run("accepting", func(t *testing.T) { testCases(t, "testdata/accepting", control.Options{AcceptWithoutEffect: true}) })
}

func testCases(t *testing.T, folder string, options control.Options) {
	files, err := filepath.Glob(folder + "/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			t.Parallel()
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(archive.Comment) == 0 || len(archive.Files) == 0 || len(archive.Files)%2 != 0 {
				t.Fatal("a case is a sentence, and pairs of a request and an answer")
			}
			c := &caseRun{stack: newStackOf(t, storetest.New(t), options), known: map[string]string{}}
			c.begin(t)
			for pair := range slices.Chunk(archive.Files, 2) {
				if pair[1].Name != "answer" {
					t.Fatalf("the section after %q is %q, not answer", pair[0].Name, pair[1].Name)
				}
				c.step(t, pair[0].Name, pair[0].Data, pair[1].Data)
			}
		})
	}
}

// caseRun is a case that runs.
type caseRun struct {
	*stack
	// known has the values of names.
	known map[string]string
}

func (c *caseRun) begin(t *testing.T) {
	t.Helper()
	c.step(t, "begin", []byte("POST /restapis\n\n{\"name\":\"pets\"}"), []byte(`201

{"id":"$api","rootResourceId":"$root","name":"pets","createdDate":"*","apiKeySource":"*","endpointConfiguration":"*","disableExecuteApiEndpoint":false}`))
}

// message is a request or an answer as it is written.
type written struct {
	first   string
	headers [][2]string
	body    string
}

func parse(t *testing.T, text []byte) written {
	t.Helper()
	var w written
	head, body, _ := strings.Cut(string(text), "\n\n")
	w.body = strings.TrimSuffix(body, "\n")
	lines := bufio.NewScanner(strings.NewReader(head))
	for lines.Scan() {
		if w.first == "" {
			w.first = lines.Text()
			continue
		}
		name, value, ok := strings.Cut(lines.Text(), ": ")
		if !ok {
			t.Fatalf("%q is no header", lines.Text())
		}
		w.headers = append(w.headers, [2]string{name, value})
	}
	return w
}

var names = regexp.MustCompile(`\$[a-z]+[a-z0-9]*`)

// filled puts the values of names in their places; others stay, as they may mean a variable of a template.
func (c *caseRun) filled(text string) string {
	return names.ReplaceAllStringFunc(text, func(name string) string {
		if value, ok := c.known[name]; ok {
			return value
		}
		return name
	})
}

func (c *caseRun) step(t *testing.T, name string, request, wanted []byte) {
	t.Helper()
	sent, want := parse(t, request), parse(t, wanted)
	method, target, ok := strings.Cut(c.filled(sent.first), " ")
	if !ok {
		t.Fatalf("%s: %q is no request", name, sent.first)
	}
	r, err := http.NewRequestWithContext(t.Context(), method, c.url+target, strings.NewReader(c.filled(sent.body)))
	if err != nil {
		t.Fatal(err)
	}
	role := auth.Admin
	for _, h := range sent.headers {
		if h[0] == "As" {
			role = auth.Role(h[1])
			continue
		}
		r.Header.Set(h[0], c.filled(h[1]))
	}
	if key, ok := c.keys[role]; ok {
		r.Header.Set("Authorization", "Bearer "+key)
	}
	got := c.do(t, r)
	if problem := c.compare(want, got); problem != "" {
		t.Fatalf("%s: %s\nThe answer was:\n%s", name, problem, c.shown(want, got))
	}
}

// compare says how an answer differs from the one that is wanted.
func (c *caseRun) compare(want written, got answer) string {
	if want.first != strconv.Itoa(got.status) {
		return fmt.Sprintf("status %d, want %s", got.status, want.first)
	}
	for _, h := range want.headers {
		value := got.header.Get(h[0])
		switch wanted := c.filled(h[1]); {
		case wanted == "!" && value == "", wanted == "*" && value != "", wanted == value:
		default:
			return fmt.Sprintf("%s: %q, want %q", h[0], value, wanted)
		}
	}
	var wantValue, gotValue any
	if json.Unmarshal([]byte(want.body), &wantValue) != nil {
		return cmp.Diff(c.filled(want.body), string(got.body))
	}
	if err := json.Unmarshal(got.body, &gotValue); err != nil {
		return fmt.Sprintf("the body is no JSON: %v", err)
	}
	return cmp.Diff(c.bound(wantValue, gotValue), gotValue)
}

// bound puts into a wanted value what names and "*" stand for in the one that came.
func (c *caseRun) bound(want, got any) any {
	switch want := want.(type) {
	case string:
		if want == "*" && got != nil {
			return got
		}
		if _, known := c.known[want]; names.FindString(want) == want && !known {
			if text, ok := got.(string); ok {
				c.known[want] = text
			}
		}
		return c.filled(want)
	case []any:
		list, _ := got.([]any)
		bound := make([]any, len(want))
		for i, w := range want {
			bound[i] = w
			if i < len(list) {
				bound[i] = c.bound(w, list[i])
			}
		}
		return bound
	case map[string]any:
		object, _ := got.(map[string]any)
		bound := map[string]any{}
		for _, name := range slices.Sorted(maps.Keys(want)) {
			bound[name] = c.bound(want[name], object[name])
		}
		return bound
	default:
		return want
	}
}

// shown is an answer as a case has it, with the headers that are asked for.
func (c *caseRun) shown(want written, got answer) string {
	var b bytes.Buffer
	fmt.Fprintln(&b, got.status)
	for _, h := range want.headers {
		fmt.Fprintf(&b, "%s: %s\n", h[0], got.header.Get(h[0]))
	}
	fmt.Fprintf(&b, "\n%s\n", got.body)
	return b.String()
}
