// SPDX-License-Identifier: Apache-2.0

package scenario

import (
	"encoding/json"
	"net/http"
	"testing"

	"gatewayresponses/bench/load"
	"gatewayresponses/bench/variant"
)

// TestWant holds for every scenario: names are unique, good replies are the same for all jobs, others are JSON where a job says so,
// with the id and the path of the request.
func TestWant(t *testing.T) {
	seen := map[string]bool{}
	for _, s := range All() {
		if seen[s.Name] || s.Title == "" || s.Spec.Connections == 0 || s.Spec.HTTP2 != (s.Spec.Streams > 0) {
			t.Errorf("scenario %+v", s)
		}
		seen[s.Name] = true
		original, message, rewrite := s.Want(variant.Original), s.Want(variant.Message), s.Want(variant.Rewrite)
		if s.Good {
			if message != original || rewrite != original {
				t.Errorf("%s: a good reply is changed", s.Name)
			}
			continue
		}
		if original.Status < 400 || message.Status != original.Status || !message.JSON || !rewrite.JSON || original.JSON {
			t.Errorf("%s: %+v, %+v, %+v", s.Name, original, message, rewrite)
		}
		if s.Spec.Method == http.MethodHead {
			if original.Body+message.Body+rewrite.Body != "" {
				t.Errorf("%s: a reply to HEAD has a body", s.Name)
			}
			continue
		}
		var body struct{ Message, Type, ID, Path string }
		if err := json.Unmarshal([]byte(message.Body), &body); err != nil || body.Message == "" || body.Type+body.ID+body.Path != "" {
			t.Errorf("%s: message is %s, %v", s.Name, message.Body, err)
		}
		if err := json.Unmarshal([]byte(rewrite.Body), &body); err != nil || body.Type == "" || body.ID != load.RequestID || body.Path != s.Spec.Path {
			t.Errorf("%s: rewrite is %s, %v", s.Name, rewrite.Body, err)
		}
	}
}
