// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/engine"
)

// fakeLoad is a loader whose documents say what becomes of them.
func fakeLoad(text []byte) (program, config.Findings) {
	warning := config.Finding{Code: code.BadStageVariableName, Severity: config.Warning, Path: "b", Line: 2, Column: 3, Message: "has no effect"}
	fatal := config.Finding{Code: code.UnknownType, Path: "a", Line: 1, Column: 2, Message: "is bad"}
	switch document, _, _ := strings.Cut(string(text), " "); document {
	case "good", "better":
		return &fakeProgram{}, nil
	case "warning":
		return &fakeProgram{}, config.Findings{warning}
	case "bad":
		return nil, config.Findings{fatal, warning}
	case "":
		return nil, config.Findings{{Code: code.NoDocument, Message: "is empty"}}
	}
	panic("no such document")
}

// plugins runs the configure callbacks of several plugins on one host; each step is "NAME DOCUMENT".
type plugins struct {
	name      string
	onInvalid string
	shared    map[string]sharedValue
	refuse    []string
	steps     []string
	// want is the trace; "-> pass", "-> refuse" and the program in use end each step.
	want string
}

// run makes the steps and returns the trace.
func (p *plugins) run() string {
	host := &fakeHost{properties: map[string]string{"plugin_root_id": "root"}, shared: p.shared, refuse: p.refuse}
	vm := newVM(host, fakeLoad, p.onInvalid)
	for _, step := range p.steps {
		host.trace = append(host.trace, step)
		host.properties["plugin_name"], host.document, _ = strings.Cut(step, " ")
		f := &filter{vm: vm}
		f.ContextCreate(pluginID, 0)
		accepted := f.Configure(pluginID, len(host.document))
		line := "  -> refuse"
		if accepted {
			line = "  -> pass"
		}
		if f.plugin().program != nil {
			line = "  -> work"
		}
		host.trace = append(host.trace, line)
	}
	return strings.Join(host.trace, "\n")
}

func TestConfigure(t *testing.T) {
	const names = `
  get property plugin_name
  get property plugin_root_id`
	const begun = names + `
  tick every 10000`
	const key = `"gateway_responses.document\x00a\x00root"`
	tests := []plugins{
		{
			name:  "good",
			steps: []string{"a good"},
			want: `a good` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "" over 0
  get shared ` + key + `
  set shared ` + key + `: "good" over 0
  -> work`,
		},
		{
			name:  "warnings are logged and refuse nothing",
			steps: []string{"a warning"},
			want: `a warning` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "" over 0
  get shared ` + key + `
  set shared ` + key + `: "warning" over 0
  log warn: a: b (line 2, column 3): has no effect [GWR036]
  -> work`,
		},
		{
			name:  "bad from the start lets all replies pass",
			steps: []string{"a bad"},
			want: `a bad` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "a\x00root\x00391e19133920b8" over 0
  add 1 to gateway_responses.config_invalid
  log error: a: a (line 1, column 2): is bad [GWR020]
  log warn: a: b (line 2, column 3): has no effect [GWR036]
  get shared ` + key + `
  log warn: a: the document is not used, and there is no earlier one; all replies pass untouched
  -> pass`,
		},
		{
			name:  "zero bytes are not fetched, and are bad",
			steps: []string{"a"},
			want: `a` + begun + `
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "a\x00root\x00cbf29ce484222325" over 0
  add 1 to gateway_responses.config_invalid
  log error: a: document: is empty [GWR001]
  get shared ` + key + `
  log warn: a: the document is not used, and there is no earlier one; all replies pass untouched
  -> pass`,
		},
		{
			name:  "the same bad one on the next worker is no news",
			steps: []string{"a bad", "a bad"},
			want: `a bad` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "a\x00root\x00391e19133920b8" over 0
  add 1 to gateway_responses.config_invalid
  log error: a: a (line 1, column 2): is bad [GWR020]
  log warn: a: b (line 2, column 3): has no effect [GWR036]
  get shared ` + key + `
  log warn: a: the document is not used, and there is no earlier one; all replies pass untouched
  -> pass
a bad` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  get shared ` + key + `
  -> pass`,
		},
		{
			name:  "the same warnings on the next worker are no news",
			steps: []string{"a warning", "a warning"},
			want: `a warning` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "" over 0
  get shared ` + key + `
  set shared ` + key + `: "warning" over 0
  log warn: a: b (line 2, column 3): has no effect [GWR036]
  -> work
a warning` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  get shared ` + key + `
  -> work`,
		},
		{
			name:  "good, bad, better",
			steps: []string{"a good", "a bad", "a better"},
			want: `a good` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "" over 0
  get shared ` + key + `
  set shared ` + key + `: "good" over 0
  -> work
a bad` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "a\x00root\x00391e19133920b8" over 1
  add 1 to gateway_responses.config_invalid
  log error: a: a (line 1, column 2): is bad [GWR020]
  log warn: a: b (line 2, column 3): has no effect [GWR036]
  get shared ` + key + `
  log warn: a: the document is not used; the last good one goes on working
  -> work
a better` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "" over 2
  add -1 to gateway_responses.config_invalid
  get shared ` + key + `
  set shared ` + key + `: "better" over 0
  -> work`,
		},
		{
			name:  "the gauge stays while another plugin is bad",
			steps: []string{"b bad", "a bad", "b good", "a good"},
			want: `b bad` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "b\x00root\x00391e19133920b8" over 0
  add 1 to gateway_responses.config_invalid
  log error: b: a (line 1, column 2): is bad [GWR020]
  log warn: b: b (line 2, column 3): has no effect [GWR036]
  get shared "gateway_responses.document\x00b\x00root"
  log warn: b: the document is not used, and there is no earlier one; all replies pass untouched
  -> pass
a bad` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "b\x00root\x00391e19133920b8\na\x00root\x00391e19133920b8" over 1
  log error: a: a (line 1, column 2): is bad [GWR020]
  log warn: a: b (line 2, column 3): has no effect [GWR036]
  get shared ` + key + `
  log warn: a: the document is not used, and there is no earlier one; all replies pass untouched
  -> pass
b good` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "a\x00root\x00391e19133920b8" over 2
  get shared "gateway_responses.document\x00b\x00root"
  set shared "gateway_responses.document\x00b\x00root": "good" over 0
  -> work
a good` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "" over 3
  add -1 to gateway_responses.config_invalid
  get shared ` + key + `
  set shared ` + key + `: "good" over 0
  -> work`,
		},
		{
			name:  "a panic of the loader costs the document only",
			steps: []string{"a good", "a strange"},
			want: `a good` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "" over 0
  get shared ` + key + `
  set shared ` + key + `: "good" over 0
  -> work
a strange` + begun + `
  configuration` + panics("no such document") + `
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "a\x00root\x00c871d6f96946c0f" over 1
  add 1 to gateway_responses.config_invalid
  log error: a: document: the document cannot be loaded: "no such document" [GWR017]
  get shared ` + key + `
  log warn: a: the document is not used; the last good one goes on working
  -> work`,
		},
		{
			name:   "a configuration that cannot be read is bad",
			steps:  []string{"a good"},
			refuse: []string{"configuration"},
			want: `a good` + begun + `
  configuration !
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "a\x00root\x00cbf29ce484222325" over 0
  add 1 to gateway_responses.config_invalid
  log error: a: document: the configuration cannot be read: refused [GWR017]
  get shared ` + key + `
  log warn: a: the document is not used, and there is no earlier one; all replies pass untouched
  -> pass`,
		},
		{
			name:   "no shared data",
			steps:  []string{"a good", "a bad"},
			refuse: []string{"get shared", "set shared"},
			want: `a good` + begun + `
  configuration
  get shared "gateway_responses.invalid" !
  log warn: a: gateway_responses.config_invalid cannot be kept: the shared data gateway_responses.invalid cannot be replaced
  get shared ` + key + ` !
  set shared ` + key + `: "good" over 0 !
  log warn: a: the document cannot be kept for later: refused
  -> work
a bad` + begun + `
  configuration
  get shared "gateway_responses.invalid" !
  log warn: a: gateway_responses.config_invalid cannot be kept: the shared data gateway_responses.invalid cannot be replaced
  log error: a: a (line 1, column 2): is bad [GWR020]
  log warn: a: b (line 2, column 3): has no effect [GWR036]
  get shared ` + key + ` !
  log warn: a: the last good document cannot be fetched: refused
  log warn: a: the document is not used, and there is no earlier one; all replies pass untouched
  -> pass`,
		},
		{
			name:   "names that cannot be read are empty",
			steps:  []string{"a good"},
			refuse: []string{"get property"},
			want: `a good
  get property plugin_name !
  log warn: gateway responses: refused
  get property plugin_root_id !
  log warn: gateway responses: refused
  tick every 10000
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "" over 0
  get shared "gateway_responses.document\x00\x00"
  set shared "gateway_responses.document\x00\x00": "good" over 0
  -> work`,
		},
		{
			name:   "without a timer everything else works",
			steps:  []string{"a good"},
			refuse: []string{"tick every"},
			want: `a good` + names + `
  tick every 10000 !
  log warn: a: there is no heartbeat: refused
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "" over 0
  get shared ` + key + `
  set shared ` + key + `: "good" over 0
  -> work`,
		},
		{
			name:      "GWR_ON_INVALID=refuse refuses a bad document",
			onInvalid: "refuse",
			steps:     []string{"a good", "a bad"},
			want: `a good` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "" over 0
  get shared ` + key + `
  set shared ` + key + `: "good" over 0
  -> work
a bad` + begun + `
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "a\x00root\x00391e19133920b8" over 1
  add 1 to gateway_responses.config_invalid
  log error: a: a (line 1, column 2): is bad [GWR020]
  log warn: a: b (line 2, column 3): has no effect [GWR036]
  log error: a: the document is refused, as GWR_ON_INVALID asks for
  -> refuse`,
		},
		{
			name:      "GWR_ON_INVALID with another value",
			onInvalid: "reject",
			steps:     []string{"a bad"},
			want: `a bad` + names + `
  log warn: a: GWR_ON_INVALID "reject" has no effect; refuse is the one value it can have
  tick every 10000
  configuration
  get shared "gateway_responses.invalid"
  set shared "gateway_responses.invalid": "a\x00root\x00391e19133920b8" over 0
  add 1 to gateway_responses.config_invalid
  log error: a: a (line 1, column 2): is bad [GWR020]
  log warn: a: b (line 2, column 3): has no effect [GWR036]
  get shared ` + key + `
  log warn: a: the document is not used, and there is no earlier one; all replies pass untouched
  -> pass`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := test.run()
			if diff := cmp.Diff(splitTrace(test.want), splitTrace(got)); diff != "" {
				t.Errorf("what happens (-want +got):\n%s\ngot:\n%s", diff, got)
			}
		})
	}
}

// TestConfigureSurvives holds that a panic on the way does not refuse the document.
func TestConfigureSurvives(t *testing.T) {
	host := &fakeHost{panics: []string{"get property"}}
	if !newFilter(host, fakeLoad, onInvalidRefuse).Configure(pluginID, 0) {
		t.Error("Configure, panicking = false, want true")
	}
}

// TestLoadsDocuments holds that the loader outside tests is the engine, and that no program is nil.
func TestLoadsDocuments(t *testing.T) {
	if loaded, findings := load([]byte("{}")); loaded == nil || len(findings) > 0 {
		t.Errorf(`load("{}") = %v, %v; want a program, no findings`, loaded, findings)
	}
	if loaded, findings := load(nil); loaded != nil || !findings.HasErrors() {
		t.Errorf("load(nil) = %v, %v; want no program, an error", loaded, findings)
	}
	var _ program = (*engine.Program)(nil)
}

func TestManyFindingsAreCutShort(t *testing.T) {
	host := &fakeHost{}
	p := plugin{vm: newVM(host, fakeLoad, ""), name: "a"}
	p.report(make(config.Findings, maxLoggedFindings+5))
	if got, want := len(host.trace), maxLoggedFindings+1; got != want {
		t.Fatalf("%d lines, want %d", got, want)
	}
	if got, want := host.trace[maxLoggedFindings], `  log error: a: 5 more findings`; got != want {
		t.Errorf("last line %q, want %q", got, want)
	}
}
