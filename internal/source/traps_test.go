// SPDX-License-Identifier: Apache-2.0

package source_test

import (
	"strings"
	"testing"

	"gatewayresponses/internal/check"
	"gatewayresponses/internal/source"
)

// TestTraps holds what becomes of YAML that does not mean what it seems to, down to the document: either what a person meant, as
// JSON, or a finding that says what to write.
func TestTraps(t *testing.T) {
	for _, tc := range []struct{ name, yaml, json, finding string }{
		{name: "off is no boolean", yaml: "mode: off", json: `{"mode":"off"}`},
		{name: "a version of YAML", yaml: "# 1.2\n%YAML 1.2\n---\nmode: off", json: `{"mode":"off"}`},
		{name: "a version to come", yaml: "\uFEFF%YAML 1.10 # 1.2\n---\nmode: off", json: `{"mode":"off"}`},
		{name: "a version in a text", yaml: "x-a: |\n  a\n  %YAML 1.2\nmode: off", json: `{"x-a":"a\n%YAML 1.2\n","mode":"off"}`},
		{name: "another YAML", yaml: "%YAML 2.0\n---\nmode: off", finding: "1:1: not YAML: found incompatible YAML document"},
		{name: "a status", yaml: "gatewayResponses: {THROTTLED: {statusCode: 429}}", json: `{"gatewayResponses":{"THROTTLED":{"statusCode":429}}}`},
		{
			name: "an octal status", yaml: "gatewayResponses: {THROTTLED: {statusCode: 0404}}",
			finding: `1:44: gatewayResponses.THROTTLED.statusCode: "0404" is not an HTTP status; did you mean "404"?`,
		},
		{
			name: "a status with a fraction", yaml: "gatewayResponses: {THROTTLED: {statusCode: 429.0}}",
			finding: "1:44: gatewayResponses.THROTTLED.statusCode: ",
		},
		{name: "yes for true", yaml: "routeDocuments: yes", finding: `1:17: routeDocuments: `},
		{name: "no for false", yaml: "routes:\n- name: a\n  inherit: no", finding: `3:12: routes[0].inherit: `},
		{name: "a true of YAML", yaml: "routeDocuments: True", json: `{"routeDocuments":true}`},
		{name: "a stage variable that looks like a number", yaml: "stageVariables: {version: 1.10}", finding: "1:27: stageVariables.version: "},
		{name: "a stage variable that looks like an octal number", yaml: "stageVariables: {zip: 01234}", json: `{"stageVariables":{"zip":"01234"}}`},
		{name: "a stage variable that looks like a date", yaml: "stageVariables: {since: 2026-11-28}", json: `{"stageVariables":{"since":"2026-11-28"}}`},
		{name: "a stage variable that looks like a time", yaml: "stageVariables: {at: 12:30:45}", json: `{"stageVariables":{"at":"12:30:45"}}`},
		{name: "a country", yaml: "stageVariables: {country: NO}", json: `{"stageVariables":{"country":"NO"}}`},
		{name: "an account with zeros in front", yaml: "api: {accountId: 012345678901}", json: `{"api":{"accountId":"012345678901"}}`},
		{name: "an account without", yaml: "api: {accountId: 123456789012}", finding: "1:18: api.accountId: "},
		{name: "hexadecimal", yaml: "api: {id: 0x1F}", json: `{"api":{"id":"0x1F"}}`},
		{name: "a number with spaces for digits", yaml: "api: {id: 1_000}", json: `{"api":{"id":"1_000"}}`},
		{name: "infinity", yaml: "api: {id: .inf}", json: `{"api":{"id":".inf"}}`},
		{name: "a value that is not there", yaml: "gatewayResponses:\nmode: off", finding: "1:1: gatewayResponses: found null"},
		{name: "a null", yaml: "mode: ~", finding: "1:7: mode: "},
		{name: "two equal keys", yaml: "mode: off\nmode: observe", finding: `2:1: mode: `},
		{name: "a key that is a number", yaml: "stageVariables: {404: missing}", json: `{"stageVariables":{"404":"missing"}}`},
		{name: "a key that is a boolean", yaml: "stageVariables: {on: a, true: b}", json: `{"stageVariables":{"on":"a","true":"b"}}`},
		{
			name: "a body that is JSON, without quotes", yaml: "gatewayResponses: {THROTTLED: {responseTemplates: {application/json: {message: $context.error.messageString}}}}",
			finding: `1:70: gatewayResponses.THROTTLED.responseTemplates["application/json"]: `,
		},
		{name: "a glob without quotes", yaml: "classification:\n- {when: {details: [*]}, leave: true}", finding: "2:22: not YAML: while scanning an alias: did not find expected alphabetic or numeric character; a text that begins with * or & stands in quotes"},
		{
			name: "a glob that looks like an alias", yaml: "classification:\n- {when: {details: [*_denied]}, leave: true}",
			finding: "2:21: there is no anchor &_denied before the alias *_denied; a text that begins with * stands in quotes",
		},
		{name: "a colon in a text", yaml: "stageVariables:\n  title: Error: no", finding: `2:15: not YAML: mapping values are not allowed in this context; a text with ": " in it stands in quotes`},
		{name: "a comment in a text", yaml: "stageVariables: {colour: #fff\n}", finding: `1:18: stageVariables.colour: found null`},
		{name: "a tab for indentation", yaml: "api:\n\tid: a", finding: "2:1: not YAML: while scanning for the next token: found character that cannot start any token; indent with spaces, not with tabs"},
		{name: "a tab in quotes", yaml: "stageVariables:\n  a: \"x\ty\"\n  b: c", json: `{"stageVariables":{"a":"x\ty","b":"c"}}`},
		{name: "a percent sign first", yaml: "stageVariables: {a: %x}", finding: "1:21: not YAML: while scanning for the next token: found character that cannot start any token; a text that begins with % stands in quotes"},
		{
			name: "a line end that YAML 1.1 knows", yaml: "stageVariables: {a: 'x\u2028y'}",
			finding: `1:23: the character U+2028 ends a line for some readers of YAML; write "\u2028" in double quotes`,
		},
		{name: "a carriage return alone", yaml: "mode: off\rrevision: 1", finding: `1:10: a carriage return stands here without a line feed`},
		{name: "a byte order mark", yaml: "\uFEFFmode: off", json: `{"mode":"off"}`},
		{name: "a merge key in quotes", yaml: "stageVariables: {'<<': a}", finding: `1:18: stageVariables["<<"]: `},
		{name: "a tag", yaml: "api: {id: !!str 1}", json: `{"api":{"id":"1"}}`},
		{name: "a binary", yaml: "api: {id: !!binary aGk=}", finding: `1:11: the tag "!!binary" means nothing in a document; leave it out`},
		{name: "a comment in a flow mapping", yaml: "api: {id: a, # the id\n  # the stage\n  stage: b}", json: `{"api":{"id":"a","stage":"b"}}`},
		{name: "JSON", yaml: `{"mode": "off", "stageVariables": {"a": "\/\u00e9"}}`, json: `{"mode":"off","stageVariables":{"a":"/é"}}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document, found := source.Read("a.yaml", []byte(tc.yaml))
			if document != nil {
				_, more := check.Load(document)
				found = append(found, more...)
			}
			if tc.json != "" {
				if document == nil || string(document.Text) != tc.json {
					t.Errorf("found %v in %v, want %s", found, document, tc.json)
				}
				return
			}
			if len(found) == 0 {
				t.Fatalf("nothing found in %s, want %q", document.Text, tc.finding)
			}
			got := strings.TrimPrefix(found[0].String(), "a.yaml:") + ": "
			if found[0].Path != "" {
				got += found[0].Path + ": "
			}
			if got += found[0].Message; !strings.HasPrefix(got, tc.finding) {
				t.Errorf("found %q, want %q", got, tc.finding)
			}
		})
	}
}
