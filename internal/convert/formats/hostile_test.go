// SPDX-License-Identifier: Apache-2.0

package formats

import (
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/growth"
)

// TestOtherKinds holds that a source of another kind than somebody took it for is an error that says so, in every format.
func TestOtherKinds(t *testing.T) {
	for _, text := range []string{"", "a: 1", "- x", "{}", "kind: List\nitems: [1, {kind: Service}]"} {
		source, ok := sourceOf(text)
		if !ok {
			t.Fatalf("%q cannot be read", text)
		}
		for _, format := range All() {
			_, err := format.Import(source, convert.Options{})
			if want := "f: nothing in it is of the format " + format.Name; err == nil || err.Error() != want {
				t.Errorf("%q: %v, want %s", text, err, want)
			}
		}
	}
}

// TestHostile imports sources that ask for much more work than their size: by a list that many places lead to, or by functions in
// each other. Such work is given up, which is a loss, or done once.
func TestHostile(t *testing.T) {
	const many = 12_000
	// repeat is many fragments with commas between them. A % is a number of its own.
	repeat := func(fragment string) string {
		var b strings.Builder
		for i := range many {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(strings.ReplaceAll(fragment, "%", strconv.Itoa(i)))
		}
		return b.String()
	}
	template := func(text string) string {
		return `{"Parameters": {"P": {"Default": "` + strings.Repeat("y", 4<<20) + `"}}, "Resources": {"G": {"Type": "AWS::ApiGateway::GatewayResponse",
			"Properties": {"RestApiId": "a", "ResponseType": "THROTTLED", "ResponseTemplates": {"text/plain": ` + text + `}}}}}`
	}
	const given = "the functions of the template make more than 16 MiB"
	for _, tc := range []struct{ name, text, loss string }{
		{"schemes of all operations", `{"openapi": "3", "security": [` + repeat(`{"s%": []}`) + `], "paths": {` + repeat(`"/%": {"get": {}}`) + `}}`, ""},
		{"one operation of all paths", `{"openapi": "3", "x": {"get": {"security": [` + repeat(`{"s%": []}`) + `]}}, "paths": {` + repeat(`"/%": {"$ref": "#/x"}`) + `}}`, ""},
		{"globals of all APIs", `{"Transform": "AWS::Serverless-2016-10-31", "Globals": {"Api": {"GatewayResponses": {` + repeat(`"T%": {}`) + `}}},
			"Resources": {` + repeat(`"A%": {"Type": "AWS::Serverless::Api", "Properties": {"StageName": "s"}}`) + `}}`, "read without the globals"},
		{
			"substitutions that make nothing",
			template(strings.Repeat(`{"Fn::Sub": ["${a}${a}", {"a": `, 200) + `""` + strings.Repeat(`}]}`, 200)), given,
		},
		{
			"a list in each substitution",
			template(`{"Fn::Sub": ["` + strings.Repeat("${a}", many) + `", {"a": {"Fn::Join": ["", [` + repeat(`""`) + `]]}}]}`), given,
		},
		{"a list of a text without elements", template(`{"Fn::Select": [0, {"Fn::Split": ["y", {"Ref": "P"}]}]}`), given},
	} {
		t.Run(tc.name, func(t *testing.T) {
			source, ok := sourceOf(tc.text)
			if !ok {
				t.Fatal("the source cannot be read")
			}
			format, err := Find("", source)
			if err != nil {
				t.Fatal(err)
			}
			growth.Within(t, tc.name, 2*time.Second, func() {
				result, err := format.Import(source, convert.Options{})
				if err != nil {
					t.Fatal(err)
				}
				if !slices.ContainsFunc(result.Findings(), func(f finding.Finding) bool { return strings.Contains(f.Message, tc.loss) }) && tc.loss != "" {
					t.Errorf("no loss says %q", tc.loss)
				}
			})
		})
	}
}
