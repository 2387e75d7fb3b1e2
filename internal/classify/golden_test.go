// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/golden"
)

// TestGolden shows the type of every reply that Envoy's source can send.
func TestGolden(t *testing.T) {
	var text strings.Builder
	text.WriteString("# Written by go test ./internal/classify -update from details.csv and details-1.40.csv, one line for each reply that an entry describes:\n" +
		"# details | status | flags | body | kind of entry | Envoy's dialect, broader type | AWS's dialect | reason | row | upstream, deliberate or unknown\n")
	for _, example := range readExamples(t) {
		text.WriteString(goldenLine(example) + "\n")
	}
	golden.File(t, "testdata/golden.txt", text.String())
}

func goldenLine(example example) string {
	reply := example.reply
	result, aws := Classify(&reply, Envoy), Classify(&reply, AWS)
	body := "header-only"
	if reply.HasBody {
		body = "body"
	}
	envoyType := string(result.Type)
	if result.Broader != "" {
		envoyType += ", " + string(result.Broader)
	}
	fields := []string{
		printed(reply.Details), strconv.Itoa(reply.Status), reply.Flags.String(), body, example.entry.Kind,
		envoyType, string(aws.Type), string(result.Reason), result.Row, fate(result),
	}
	return strings.TrimRight(strings.Join(fields, " | "), " ")
}

// fate names what keeps a reply from being replaced like others, or from being classified well.
func fate(result Result) string {
	switch {
	case result.Upstream:
		return "upstream"
	case result.Deliberate:
		return "deliberate"
	case !result.Known:
		return "unknown"
	default:
		return ""
	}
}

// TestDialectsAgree holds that the dialects differ in the type alone.
func TestDialectsAgree(t *testing.T) {
	for _, example := range readExamples(t) {
		envoy, aws := Classify(&example.reply, Envoy), Classify(&example.reply, AWS)
		if aws.Broader != "" {
			t.Errorf("Classify(%s %d, AWS).Broader = %s, want none", example.reply.Details, example.reply.Status, aws.Broader)
		}
		envoy.Type, envoy.Broader = aws.Type, ""
		if diff := cmp.Diff(envoy, aws); diff != "" {
			t.Errorf("Classify(%s %d) differs by dialect in more than the type (-Envoy +AWS):\n%s", example.reply.Details, example.reply.Status, diff)
		}
	}
}
