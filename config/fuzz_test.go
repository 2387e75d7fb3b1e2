// SPDX-License-Identifier: Apache-2.0

package config

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"gatewayresponses/internal/grammar"
)

// maxFuzzed is the longest input that is fuzzed, in bytes.
const maxFuzzed = 4 << 10

// FuzzDecode holds the laws of Decode for any text.
func FuzzDecode(f *testing.F) {
	for _, folder := range []string{"good", "bad"} {
		for _, path := range caseFiles(f, folder) {
			f.Add(parseCase(f, path).Files[0].Data)
		}
	}
	f.Add([]byte(`{"routes":[{"name":"a","gatewayResponses":{"X_A":{"headers":{"a":"b"}}}},{"name":"b","gatewayResponses":{"X_A":{"headers":{"a":"b"}}}}]}`))
	f.Add([]byte("{\"gatewayResponses\": {\"THROTTLED\": {\"headers\": {\"A\": \"\\u20ac\\ud83d\\ude00\\n\xc3\xa9\"}}}}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if len(text) > maxFuzzed {
			return
		}
		document, findings := Decode(text)
		checkFindings(t, text, findings)
		checkDocument(t, document)
		for _, s := range texts(document) {
			checkPositions(t, document, s)
		}
		if !findings.HasErrors() {
			checkReformatted(t, document, text)
		}
	})
}

// checkFindings holds that findings are sorted, say something, and stand inside the text or nowhere, and that nothing
// follows a syntax error.
func checkFindings(t *testing.T, text []byte, findings Findings) {
	sorted := slices.Clone(findings)
	sorted.Sort()
	if diff := cmp.Diff(sorted, findings, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("findings are not sorted (-sorted +got):\n%s", diff)
	}
	for i, finding := range findings {
		if strings.HasPrefix(finding.Message, "not JSON") && i < len(findings)-1 {
			t.Errorf("finding %q is not the last", finding)
		}
		if finding.Code == 0 || finding.Message == "" || strings.Contains(finding.String(), "\n") {
			t.Errorf("finding %s %q has no code, or is not one line", finding.Code, finding)
		}
		if finding.Line == 0 && finding.Column == 0 {
			continue
		}
		if at := index(text, finding.Line, finding.Column); at < 0 || at > len(text) {
			t.Errorf("finding %q stands at byte %d of %d", finding, at, len(text))
		}
	}
}

// index is the byte at a line and column, -1 when the text has no such place.
func index(text []byte, line, column int) int {
	start := 0
	for range line - 1 {
		end := bytes.IndexByte(text[start:], '\n')
		if end < 0 {
			return -1
		}
		start += end + 1
	}
	length := bytes.IndexByte(text[start:], '\n')
	if length < 0 {
		length = len(text) - start
	}
	if line < 1 || column < 1 || column > length+1 {
		return -1
	}
	return start + column - 1
}

// checkDocument holds what later steps rely on.
func checkDocument(t *testing.T, document *Document) {
	if document.Version != 1 || document.Mode == "" || document.Escaping == "" {
		t.Errorf("version %d, mode %q, escaping %q", document.Version, document.Mode, document.Escaping)
	}
	checkResponses(t, document.GatewayResponses)
	checkRoutes(t, document.Routes)
	checkRules(t, document)
	checkGRPC(t, document)
}

// checkResponses holds that there is one entry for a type, with a status that can be sent. An entry with a finding about its
// type has none.
func checkResponses(t *testing.T, responses []GatewayResponse) {
	seen := map[ResponseType]bool{}
	for _, response := range responses {
		if response.Type != "" && (seen[response.Type] || !response.Type.IsOwn() && !slices.Contains(ResponseTypes(), response.Type)) {
			t.Errorf("type %q occurs twice, or is none", response.Type)
		}
		seen[response.Type] = true
		if status := response.StatusCode; status != 0 && (status < 200 || status > 599) {
			t.Errorf("status %d", status)
		}
		checkHeaders(t, response)
	}
}

// checkGRPC holds that each type has one gRPC status, which has a name.
func checkGRPC(t *testing.T, document *Document) {
	if document.GRPC == nil {
		return
	}
	seen := map[ResponseType]bool{}
	for _, mapping := range document.GRPC.Statuses {
		if seen[mapping.Type] || ParseGRPCStatus(mapping.Status.Number()) != mapping.Status {
			t.Errorf("%s is mapped twice, or to %d, which is no gRPC status", mapping.Type, mapping.Status)
		}
		seen[mapping.Type] = true
	}
}

// checkHeaders holds that an entry sets each header once, and none that is not its own.
func checkHeaders(t *testing.T, response GatewayResponse) {
	var names []string
	for _, parameter := range response.Parameters {
		names = append(names, parameter.Header)
	}
	for _, member := range response.Headers {
		names = append(names, member.Key.Value)
	}
	seen := map[string]bool{}
	for _, name := range names {
		if grammar.CheckHeaderName(name) != nil || seen[strings.ToLower(name)] {
			t.Errorf("header %q is set twice, or cannot be set", name)
		}
		seen[strings.ToLower(name)] = true
	}
}

// texts lists the strings of a document.
func texts(document *Document) []Text {
	var all []Text
	add := func(members []Member) {
		for _, member := range members {
			all = append(all, member.Key, member.Value)
		}
	}
	responses := document.GatewayResponses
	add(document.StageVariables)
	for _, route := range document.Routes {
		all = append(all, route.Name)
		if route.Match != nil {
			all = append(all, matchTexts(route.Match)...)
		}
		all = append(all, route.Resources...)
		add(route.StageVariables)
		responses = append(responses, route.GatewayResponses...)
	}
	for _, response := range responses {
		all = append(all, response.At)
		for _, parameter := range response.Parameters {
			all = append(all, parameter.Key, parameter.Value)
		}
		add(response.Headers)
		add(response.Templates)
	}
	for _, rule := range document.Rules {
		all = append(all, ruleTexts(rule.When)...)
	}
	if document.Declared != nil {
		all = append(all, document.Declared.Filters...)
	}
	if document.GRPC != nil && document.GRPC.Message != nil {
		all = append(all, *document.GRPC.Message)
	}
	// What has a finding in its place has none.
	return slices.DeleteFunc(all, func(s Text) bool { return s.Offset == 0 })
}

// ruleTexts lists the strings of a rule's conditions.
func ruleTexts(when When) []Text {
	all := slices.Concat(when.Details, when.Filters, when.Flags)
	for _, c := range slices.Concat(when.RequestHeaders, when.ResponseHeaders) {
		all = append(all, c.Name)
	}
	return all
}

// checkRules holds that a rule has conditions and says one thing, and that statuses are those of errors.
func checkRules(t *testing.T, document *Document) {
	for _, rule := range document.Rules {
		if !rule.Leave && rule.ResponseType == "" {
			continue // with errors
		}
		if rule.ResponseType.IsOwn() && !document.Cut && !document.OwnTypes[rule.ResponseType] {
			t.Errorf("rule %+v names a type that does not exist", rule)
		}
		if rule.Leave && rule.ResponseType != "" || rule.Name == "" || rule.When.isEmpty() || rule.Leave && rule.Message != "" {
			t.Errorf("rule %+v", rule)
		}
		for _, s := range rule.When.Statuses {
			redirects := rule.When.Source == SourceLocal && (rule.When.Details != nil || rule.When.Filters != nil)
			if s.Low < 300 || s.Low < 400 && !redirects || s.High > 599 || s.Low > s.High {
				t.Errorf("statuses %+v", s)
			}
		}
		for _, c := range slices.Concat(rule.When.RequestHeaders, rule.When.ResponseHeaders) {
			if c.Name.Value == "" || c.Test == 0 {
				t.Errorf("condition %+v", c)
			}
		}
	}
}

// checkPositions holds that each byte of a string stands where Locate says: as it is, or as an escape sequence.
func checkPositions(t *testing.T, document *Document, s Text) {
	at := func(i int) int {
		line, column := document.Locate(s, i)
		return index(document.Source, line, column)
	}
	if at(-1) != s.Offset || at(0) != s.Offset+1 || document.Source[s.Offset] != '"' {
		t.Errorf("%q begins at byte %d with its quote at %d, want %d", s.Value, at(0), at(-1), s.Offset)
	}
	for i := range len(s.Value) {
		if got := document.Source[at(i)]; got != s.Value[i] && got != '\\' {
			t.Errorf("byte %d of %q is %q at byte %d", i, s.Value, got, at(i))
		}
	}
	literal := document.Source[s.Offset : at(len(s.Value))+1]
	value, err := jsontext.AppendUnquote(nil, literal)
	if err != nil || string(value) != s.Value {
		t.Errorf("%s stands where %q should: %v", literal, s.Value, err)
	}
}

// checkReformatted holds that neither white space nor the spelling of strings changes what a document says.
func checkReformatted(t *testing.T, document *Document, text []byte) {
	reformatted := jsontext.Value(bytes.Clone(text))
	if err := reformatted.Format(jsontext.AllowDuplicateNames(true), jsontext.Multiline(true), jsontext.EscapeForHTML(true)); err != nil {
		t.Fatalf("a document without errors is not JSON: %v", err)
	}
	again, findings := Decode(reformatted)
	if findings.HasErrors() {
		t.Fatalf("reformatted, the document has errors:\n%s", render(findings))
	}
	places := cmp.Options{cmpopts.IgnoreFields(Document{}, "Source"), cmpopts.IgnoreUnexported(Document{}), cmpopts.IgnoreFields(Text{}, "Offset"), cmpopts.IgnoreFields(Route{}, "Twin")}
	if diff := cmp.Diff(document, again, places); diff != "" {
		t.Errorf("reformatted, the document differs (-want +got):\n%s", diff)
	}
}
