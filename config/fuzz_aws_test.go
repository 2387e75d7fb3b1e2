// SPDX-License-Identifier: Apache-2.0

package config

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzDocumentsOfAWS holds that with emulate "aws" no name and no text inside gatewayResponses refuses a document, but for
// types and keys of ours, statuses that AWS refuses, and limits; and that without it the same things are found.
func FuzzDocumentsOfAWS(f *testing.F) {
	f.Add("DEFAULT_4xx", "StatusCode", "gatewayresponse.header.a", "'a'", "Headers", "application/json", "$context.nope")
	f.Add("throttled", "responseType", "Access-Control-Allow-Origin", "method.input.params.q", "Paths", "*/*", "")
	f.Add("NONE", "x-a", "gatewayresponse.path.a", "integration.response.header.a", "QueryStrings", "text", "#set($a = 1)")
	f.Add("UNAUTHORIZED", "responseparameters", "gatewayresponse.header.a b", "'a\x00b'", "gatewayresponse.header.A", "a/b;c", "{")
	f.Fuzz(func(t *testing.T, responseType, key, target, source, nested, mediaType, template string) {
		object := map[string]any{key: "200"}
		switch strings.ToLower(key) {
		case "responseparameters", "responsetemplates", "headers":
			object = map[string]any{}
		}
		object["responseParameters"] = map[string]any{target: source, "": source}
		object["responseTemplates"] = map[string]string{mediaType: template}
		for _, shape := range []string{"Headers", "Paths", "QueryStrings"} {
			if target != shape {
				object["responseParameters"].(map[string]any)[shape] = map[string]string{nested: source}
			}
		}
		if strings.HasPrefix(responseType, ownTypePrefix) || len(source) > MaxHeaderValue {
			return
		}
		entries, err := json.Marshal(map[string]any{responseType: object})
		if err != nil {
			t.Fatal(err)
		}
		if _, findings := Decode([]byte(`{"gatewayResponses":` + string(entries) + `,"emulate":"aws"}`)); findings.HasErrors() {
			t.Errorf("%s is refused:\n%s", entries, render(findings))
		}
		if _, findings := Decode([]byte(`{"gatewayResponses":` + string(entries) + `}`)); !findings.HasErrors() {
			t.Errorf("%s is not refused without emulate, though SAM's shape is in it:\n%s", entries, render(findings))
		}
	})
}
