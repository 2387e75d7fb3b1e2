// SPDX-License-Identifier: Apache-2.0

package explain

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/preview"
)

// load reads a document without errors.
func load(t *testing.T, text []byte) exchange.Document {
	t.Helper()
	written, findings := config.Decode(text)
	program, more := engine.Load(text, engine.Everything())
	if program == nil {
		t.Fatalf("the document is refused:\n%s%s", findings, more)
	}
	return exchange.Document{Config: written, Program: program}
}

// TestCorpus explains every case of the corpus, and holds each explanation against the reply that the client gets.
func TestCorpus(t *testing.T) {
	all, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		t.Run(c.Name, func(t *testing.T) {
			document := load(t, c.Document)
			e := Of(document, exchange.Made{Facts: c.Facts})
			reply := preview.Of(document.Program, c.Facts)
			if diff := cmp.Diff(Reply{reply.Status, lines(reply.Headers), string(reply.Body), reply.Replaced}, e.Reply); diff != "" {
				t.Errorf("reply (-preview +explained):\n%s", diff)
			}
			if trace := reply.Trace; string(trace.Left) != e.Entry.Left && e.Entry.Left != noError && e.Entry.Left != noGRPC || trace.Entry != e.Entry.Name && trace.Left == "" {
				t.Errorf("entry %+v, left %q", e.Entry, trace.Left)
			}
			checkHeaders(t, &e)
			checkText(t, &e)
		})
	}
}

// untold are headers of which nothing is said: they follow from the body.
var untold = []string{"content-length"}

// checkHeaders holds what is said of headers against those of the reply.
func checkHeaders(t *testing.T, e *Explanation) {
	t.Helper()
	has := map[string][]string{}
	for _, line := range e.Reply.Headers {
		has[line.Name] = append(has[line.Name], line.Value)
	}
	told := map[string]bool{}
	for _, h := range e.Headers {
		told[h.Name] = true
		values, there := has[h.Name]
		switch {
		case slices.Contains(untold, h.Name):
		case (h.Action == set || h.Action == kept) && !slices.Equal(values, h.Values), h.Action == removed && there:
			t.Errorf("%s is said to be %s with %q, and is %q", h.Name, h.Action, h.Values, values)
		case h.Action == set && h.Why == "":
			t.Errorf("nobody has set %s", h.Name)
		}
	}
	for name := range has {
		if !told[name] && !slices.Contains(untold, name) {
			t.Errorf("nothing is said of %s", name)
		}
	}
}

// checkText holds that text says the most important things, and nothing that a terminal obeys.
func checkText(t *testing.T, e *Explanation) {
	t.Helper()
	var b bytes.Buffer
	if err := e.Text(&b, false); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if strings.ContainsAny(strings.ReplaceAll(text, "\n", ""), "\x1b\x07\x00") || !utf8.ValidString(text) {
		t.Errorf("the text has control characters:\n%q", text)
	}
	for line := range strings.Lines(text) {
		if strings.TrimRight(line, " \n") != strings.TrimSuffix(line, "\n") && strings.HasPrefix(line, " ") {
			t.Errorf("a line ends with spaces: %q", line)
		}
	}
	if e.Entry.Name != "" && e.Entry.Left == "" && e.Entry.Name != "built-in" && !strings.Contains(text, "3 Entry   "+e.Entry.Name) {
		t.Errorf("the text does not name the entry %s:\n%s", e.Entry.Name, text)
	}
	if _, err := json.Marshal(e); err != nil {
		t.Error(err)
	}
}

// TestColour holds that colours change nothing else.
func TestColour(t *testing.T) {
	e := Of(load(t, []byte(`{"gatewayResponses": {"THROTTLED": {}}}`)), exchange.Made{})
	var plain, coloured bytes.Buffer
	if err := e.Text(&plain, false); err != nil {
		t.Fatal(err)
	}
	if err := e.Text(&coloured, true); err != nil {
		t.Fatal(err)
	}
	without := strings.NewReplacer("\x1b[1m", "", "\x1b[0m", "").Replace(coloured.String())
	if without != plain.String() || coloured.Len() == plain.Len() {
		t.Errorf("coloured:\n%s\nplain:\n%s", &coloured, &plain)
	}
}
