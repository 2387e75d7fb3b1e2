// SPDX-License-Identifier: Apache-2.0

package testrun

import (
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/cases"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/survey"
)

// plugin is the built filter, compiled when the first test asks for it. The test fails, and never skips, when it is not built.
var plugin = sync.OnceValues(func() (*Plugin, error) {
	wasm, err := os.ReadFile("../../dist/plugin.wasm")
	if err != nil {
		return nil, errors.Join(err, errors.New("run make build"))
	}
	// The module lives as long as the tests.
	return NewPlugin(ctx, wasm)
})

// ctx is that of the module, which all tests share.
var ctx = context.Background()

// TestCorpusAgrees holds that the filter in a VM and the engine alone make the same of every case of the corpus. It takes long, for each
// case has a document of its own, and so a VM.
func TestCorpusAgrees(t *testing.T) {
	p, err := plugin()
	if err != nil {
		t.Fatal(err)
	}
	all, err := cases.Load()
	if err != nil {
		t.Fatal(err)
	}
	agree := 0
	for _, c := range all {
		program, findings := engine.Load(c.Document, engine.Everything())
		if program == nil {
			t.Fatal(c.Name, findings)
		}
		f := c.Facts
		if c.Code != 0 {
			f.Reply.Status = c.Code
		}
		got, faults, err := p.Do(&Document{Document: exchange.Document{Program: program}, Text: c.Document}, &f)
		if err != nil {
			t.Fatal(c.Name, err)
		}
		different := differences(preview.Of(program, f), got)
		if len(faults) > 0 || different != "" {
			t.Errorf("%s: faults %q\n%s", c.Name, faults, different)
			continue
		}
		agree++
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("the engine and plugin.wasm agree on %d of %d cases", agree, len(all))
}

// TestRunWithPlugin holds that a test runs through the filter as well, and what is said when it does something else.
func TestRunWithPlugin(t *testing.T) {
	p, err := plugin()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	suite := load(t, `  error: THROTTLED
  want: {status: 429}
- {name: b, request: {headers: {content-type: application/grpc}}, error: THROTTLED, want: {untouched: true, headers: {grpc-status: 14}}}
- {name: c, request: {method: HEAD}, error: RESOURCE_NOT_FOUND, want: {status: 404}}`)
	results, err := suite.Run(Options{Plugin: p})
	if err != nil || failuresOf(results) != "" {
		t.Fatal(failuresOf(results), err)
	}
	// The filter has another document than the engine.
	suite.Document.Text = []byte(`{"gatewayResponses": {"THROTTLED": {"statusCode": "430"}}}`)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	results, err = suite.Run(Options{Plugin: p})
	if err != nil {
		t.Fatal(err)
	}
	got := failuresOf(results)
	for _, want := range []string{
		"3:9 plugin: plugin.wasm and the engine do not agree: --- engine|+++ plugin.wasm|",
		"|-status 429, type THROTTLED, entry THROTTLED|", "|+status 430, type THROTTLED, entry THROTTLED|",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("failures %s, want %s", got, want)
		}
	}
}

// TestBadPlugin holds that what is no filter is said to be none.
func TestBadPlugin(t *testing.T) {
	if _, err := NewPlugin(ctx, []byte("no")); err == nil || !strings.Contains(err.Error(), "wasm module") {
		t.Errorf("NewPlugin = %v, want an error", err)
	}
}

// TestSurveyAgrees holds that engine and filter make the same of all that clients can see of the sample documents.
func TestSurveyAgrees(t *testing.T) {
	p, err := plugin()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"aws", "full", "problem"} {
		text, err := os.ReadFile("../../config/" + name + ".json")
		if err != nil {
			t.Fatal(err)
		}
		decoded, _ := config.Decode(text)
		program, findings := engine.Load(text, engine.Everything())
		if program == nil {
			t.Fatal(findings)
		}
		d := &Document{Document: exchange.Document{Config: decoded, Program: program}, Text: text}
		views := survey.Of(d.Document).Views
		for i := range views {
			v := &views[i]
			got, faults, err := p.Do(d, &v.Facts)
			if different := differences(v.Reply, got); err != nil || len(faults) > 0 || different != "" {
				t.Errorf("%s.json, %v: %v, faults %q\n%s", name, v.Key, err, faults, different)
			}
		}
		t.Logf("%s.json: %d replies compared", name, len(views))
		if err := p.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
