// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/growth"
)

// shape is a document of one element after another.
type shape struct{ head, element, tail string }

// shapes are documents of one element after another, # being its number. Most have a finding in each element.
var shapes = map[string]shape{
	"unknown keys":                 {"{", `"k#":1`, "}"},
	"equal keys":                   {"{", `"k":1`, "}"},
	"unknown types":                {`{"gatewayResponses":{`, `"K#":{}`, "}}"},
	"unknown types of AWS":         {`{"emulate":"aws","gatewayResponses":{`, `"K#":{}`, "}}"},
	"unknown keys of an entry":     {`{"gatewayResponses":{"THROTTLED":{`, `"statusCod#":1`, "}}}"},
	"own types":                    {`{"classification":[{"when":{"flags":["UT"]},"responseType":"X_B"}],"gatewayResponses":{`, `"X_A#":{}`, "}}"},
	"rules with unknown own types": {`{"gatewayResponses":{"X_A":{}},"classification":[`, `{"when":{"flags":["UT"]},"responseType":"X_B#"}`, "]}"},
	"stage variables":              {`{"stageVariables":{`, `"v#":"a"`, "}}"},
	"bad stage variables":          {`{"stageVariables":{`, `"v.#":"a"`, "}}"},
	"mappings":                     {`{"gatewayResponses":{"THROTTLED":{"responseParameters":{`, `"gatewayresponse.header.#":"context.a"`, "}}}}"},
	"bad mappings":                 {`{"gatewayResponses":{"THROTTLED":{"responseParameters":{`, `"gatewayresponses.header.#":"contxt.a"`, "}}}}"},
	"mappings of one header": {
		`{"emulate":"aws","gatewayResponses":{"THROTTLED":{"responseParameters":{`, `"gatewayresponse.header.#a":"''","gatewayresponse.header.#A":"''"`, "}}}}",
	},
	"templates":           {`{"gatewayResponses":{"THROTTLED":{"responseTemplates":{`, `"a/b#":""`, "}}}}"},
	"equal media types":   {`{"emulate":"aws","gatewayResponses":{"THROTTLED":{"responseTemplates":{`, `"a/b;c=#":""`, "}}}}"},
	"routes":              {`{"routes":[`, `{"name":"a#"}`, "]}"},
	"routes without name": {`{"routes":[`, `{}`, "]}"},
	"resources":           {`{"routes":[{"name":"a","resources":[`, `"/a#/{b}"`, "]}]}"},
	"equal resources":     {`{"routes":[{"name":"a","resources":[`, `"/{a#}"`, "]}]}"},
	"bad hosts":           {`{"routes":[{"name":"a","match":{"hosts":[`, `"*"`, "]}}]}"},
	"metadata":            {`{"routes":[{"name":"a","match":{"metadata":{"a":{`, `"k#":"a"`, "}}}}]}"},
	"nested metadata":     {`{"routes":[{"name":"a","match":{"metadata":{`, `"k#":{"a":{"b":{"c":{"d":{"e":{"f":{"g":"h"}}}}}}}`, "}}}]}"},
	"bad conditions":      {`{"classification":[{"when":{"requestHeaders":[`, `{}`, `]},"leave":true}]}`},
	"bad gRPC statuses":   {`{"classification":[{"when":{"grpcStatus":[`, `"UNAVAILABL#"`, `]},"leave":true}]}`},
	"bad origins":         {`{"cors":{"allowOrigins":[`, `"https://a#/"`, `]}}`},
	"escape sequences":    {`{"routes":[{"name":"a","match":{"pathPrefix":"\u002f`, `\u002f`, `?"}}]}`},
}

// text is a document of about the given size.
func (s shape) text(size int) []byte {
	var b strings.Builder
	b.WriteString(s.head)
	for i := 0; b.Len() < size; i++ {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strings.ReplaceAll(s.element, "#", strconv.Itoa(i)))
	}
	b.WriteString(s.tail)
	return []byte(b.String())
}

// TestDecodeGrowth holds that decoding takes time as the document grows, whatever it is made of, and that the findings do not
// grow with it.
func TestDecodeGrowth(t *testing.T) {
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			_, findings := Decode(shape.text(MaxSize / 2))
			if len(findings) > MaxFindings+2 {
				t.Errorf("%d findings, want at most %d", len(findings), MaxFindings+2)
			}
			growth.Check(t, "decoding", func(size int) func() {
				text := shape.text(size)
				return func() { Decode(text) }
			})
		})
	}
}

// FuzzDecodeGrowth looks for a fragment whose repetition makes decoding grow faster than the document.
func FuzzDecodeGrowth(f *testing.F) {
	for _, shape := range shapes {
		f.Add(shape.head, shape.element+",", shape.element+shape.tail)
	}
	f.Fuzz(func(t *testing.T, head, fragment, tail string) {
		if len(head) > 4*growth.MaxFragment || len(fragment) > 2*growth.MaxFragment || len(tail) > 2*growth.MaxFragment {
			return
		}
		growth.Check(t, "decoding", func(size int) func() {
			text := []byte(growth.Repeat(head, fragment, tail, size))
			return func() { Decode(text) }
		})
	})
}

// TestManyFindings holds what is said of findings that are not kept.
func TestManyFindings(t *testing.T) {
	for _, tc := range []struct {
		name, document, last string
		errors               bool
	}{
		{
			"errors end the reading", `{` + strings.Repeat(`"k":1,`, 2000) + `"mode":"of"`,
			`error: k (line 1, column 6002): there are more than 1000 findings, so the rest is not read; mend the others first`, true,
		},
		{
			"warnings are counted", `{"stageVariables":{"":""` + numbered(2000, `,"#.":"a"`) + `}}`,
			`warning: stageVariables["999."] (line 1, column 10905): 1001 more findings from here on; mend the others first`, false,
		},
		{
			"an error behind warnings ends the reading", `{"stageVariables":{"":""` + numbered(1500, `,"#.":"a"`) + `},"mode":"on","cors":1}`,
			`error: mode (line 1, column 16924): "on" is not a mode; use "rewrite", "observe" or "off", and there are more than 1000 findings, so the rest is not read; mend the others first`, true,
		},
		{
			"what AWS takes behind an error ends the reading, too", `{"mode":1,"gatewayResponses":{"THROTTLED":{"responseParameters":{"":""` + numbered(2000, `,"#":""`) + `}}}}`,
			`error: gatewayResponses.THROTTLED.responseParameters.498 (line 1, column 4450): there are more than 1000 findings, so the rest is not read; mend the others first`, true,
		},
		{
			"what AWS takes may turn out to be an error", `{"gatewayResponses":{"A":{}` + numbered(2000, `,"A#":{}`) + `}}`,
			`error: gatewayResponses.A999 (line 1, column 9909): 1001 more findings from here on; mend the others first`, true,
		},
		{
			"what AWS takes may stay a warning", `{"gatewayResponses":{"A":{}` + numbered(2000, `,"A#":{}`) + `},"emulate":"aws"}`,
			`warning: gatewayResponses.A999 (line 1, column 9909): 1001 more findings from here on; mend the others first`, false,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, findings := Decode([]byte(tc.document))
			last := findings[len(findings)-1]
			if got := last.Severity.String() + ": " + last.String(); got != tc.last || len(findings) > MaxFindings+2 {
				t.Errorf("the last of %d findings is\n%s, want\n%s", len(findings), got, tc.last)
			}
			if findings.HasErrors() != tc.errors {
				t.Errorf("HasErrors() = %t, want %t", findings.HasErrors(), tc.errors)
			}
		})
	}
}

// numbered repeats text, with the number of the repetition in the place of "#".
func numbered(n int, text string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.ReplaceAll(text, "#", strconv.Itoa(i)))
	}
	return b.String()
}
