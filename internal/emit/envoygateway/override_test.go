// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"gatewayresponses/config"
	"gatewayresponses/internal/emit"
)

// TestKnown: each of the known replies has a row of the tables, and statuses that the golden file of the tables has.
func TestKnown(t *testing.T) {
	text, err := os.ReadFile("../../classify/testdata/golden.txt")
	if err != nil {
		t.Fatal(err)
	}
	statuses := map[string][]int{}
	for line := range strings.Lines(string(text)) {
		fields := strings.Split(strings.TrimRight(line, "\n")+" ", " | ")
		if strings.HasPrefix(line, "#") || len(fields) < 10 {
			continue
		}
		status, err := strconv.Atoi(fields[1])
		if err != nil {
			t.Fatal(err)
		}
		row := fields[8]
		statuses[row] = append(statuses[row], status)
	}
	for _, r := range known {
		for _, s := range r.Statuses {
			if !slices.Contains(statuses[r.Details], s) {
				t.Errorf("Envoy does not send %q with the status %d", r.Details, s)
			}
		}
	}
}

// TestOverrides says what becomes of documents, and what the findings say of it.
func TestOverrides(t *testing.T) {
	for _, tc := range []struct{ name, document, overrides, findings string }{
		{"nothing", `{"gatewayResponses": {"WAF_FILTERED": {}}}`, "", ""},
		{"off", `{"mode": "off", "gatewayResponses": {"DEFAULT_4XX": {}}}`, "", `mode (line 1, column 2): no reply changes in mode "off", so there are no mappers`},
		{
			"a type that has its status alone", `{"gatewayResponses": {"REQUEST_TOO_LARGE": {"statusCode": 400}}}`, "413-413 400 {\"message\":\"Content Too Large\"}\n", partly,
		},
		{
			"two types with one status", `{"gatewayResponses": {"ACCESS_DENIED": {}}}`, "",
			`gatewayResponses.ACCESS_DENIED (line 1, column 23): left out: the status 403 stands for "jwt_authn_access_denied{Audiences_in_Jwt_are_not_allowed}" and "jwt_authn_access_denied{Wrong_requirement_name:*", which get different replies`,
		},
		{
			"headers", `{"gatewayResponses": {"REQUEST_TOO_LARGE": {"headers": {"X": "1"}}}}`, "",
			`gatewayResponses.REQUEST_TOO_LARGE (line 1, column 23): left out: an override drops all headers of the reply, and how it sets others differs from version to version`,
		},
		{
			"a rule", `{"classification": [{"name": "x", "when": {"status": ["413"]}, "leave": true}], "gatewayResponses": {"REQUEST_TOO_LARGE": {}}}`, "413-413 0 {\"message\":\"Content Too Large\"}\n",
			`classification[0].name (line 1, column 22): left out: what knows the status alone cannot ask the conditions of a rule; what it names gets the replies that it would get without the rule
` + strings.Replace(partly, "column 2", "column 81", 1),
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			document, found := config.Decode([]byte(tc.document))
			if found.HasErrors() {
				t.Fatal(found)
			}
			overrides, findings := Overrides(document)
			var got strings.Builder
			for _, o := range overrides {
				for _, r := range o.Statuses {
					got.WriteString(strconv.Itoa(r.Low) + "-" + strconv.Itoa(r.High) + " ")
				}
				got.WriteString(strconv.Itoa(o.Status) + " " + o.Body + "\n")
			}
			if diff := cmp.Diff(tc.overrides, got.String()); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(tc.findings, strings.TrimSpace(findings.String())); diff != "" {
				t.Error(diff)
			}
			files, err := Policy(Options{Plugin: emit.Plugin{Name: "n"}, Namespace: "ns", Gateway: "g"}, overrides)
			if err != nil {
				t.Fatal(err)
			}
			var policy struct {
				Spec struct {
					ResponseOverride []any `yaml:"responseOverride"`
				}
			}
			if err := yaml.Unmarshal(files[0].Text, &policy); err != nil || len(policy.Spec.ResponseOverride) != len(overrides) {
				t.Errorf("%d overrides in the policy of %d, %v", len(policy.Spec.ResponseOverride), len(overrides), err)
			}
		})
	}
}

// partly is what is said of every document of which something becomes overrides.
const partly = "gatewayResponses (line 1, column 2): an override takes direct responses, replies of scripts and of services for authorization and rate limits, and replies that docs/classification.md does not list, " +
	"all of which the filter may leave; it drops the headers of a reply, and does not see requests that no route takes"
