// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestDecode compares a whole document, paths and offsets included.
func TestDecode(t *testing.T) {
	text := []byte(`{"emulate":"aws","api":{"stage":"prod"},"stageVariables":{"docs-2":"d"},"gatewayResponses":{"UNSUPPORTED_MEDIA_TYPES":` +
		`{"statusCode":415,"responseParameters":{"gatewayresponse.header.X-Id":"context.requestId","gatewayresponse.header.ETag":"''"},` +
		`"headers":{"Link":"l"},"responseTemplates":{"text/plain":"t"}}}}`)
	paths := map[Text]string{}
	at := func(path, literal string) Text {
		text := Text{Value: literal, Offset: strings.Index(string(text), `"`+literal+`"`)}
		paths[text] = path
		return text
	}
	const (
		entry     = "gatewayResponses.UNSUPPORTED_MEDIA_TYPES"
		requestID = entry + `.responseParameters["gatewayresponse.header.X-Id"]`
		etag      = entry + `.responseParameters["gatewayresponse.header.ETag"]`
		link      = entry + ".headers.Link"
		plain     = entry + `.responseTemplates["text/plain"]`
		docs      = `stageVariables["docs-2"]`
	)
	want := &Document{
		Source: text, Version: 1, Mode: ModeRewrite, Emulate: EmulateAWS, Escaping: EscapingAuto,
		API:            API{Stage: "prod"},
		StageVariables: []Member{{at(docs, "docs-2"), at(docs, "d")}},
		GatewayResponses: []GatewayResponse{{
			Type: UnsupportedMediaType, At: at(entry, "UNSUPPORTED_MEDIA_TYPES"), StatusCode: 415,
			Parameters: []Parameter{
				{
					Key: at(requestID, "gatewayresponse.header.X-Id"), Value: at(requestID, "context.requestId"),
					Header: "X-Id", Variable: "context.requestId",
				},
				{Key: at(etag, "gatewayresponse.header.ETag"), Value: at(etag, "''"), Header: "ETag", Static: true},
			},
			Headers:   []Member{{at(link, "Link"), at(link, "l")}},
			Templates: []Member{{at(plain, "text/plain"), at(plain, "t")}},
		}},
	}
	got, findings := Decode(text)
	if len(findings) > 0 {
		t.Errorf("Decode found:\n%s", render(findings))
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Document{})); diff != "" {
		t.Errorf("Decode (-want +got):\n%s", diff)
	}
	for text, want := range paths {
		if path := got.Path(text); path != want {
			t.Errorf("the path of %q is %s, want %s", text.Value, path, want)
		}
	}
}

// TestDecodePartly holds that a document with errors keeps what is right in it.
func TestDecodePartly(t *testing.T) {
	const text = `{
  "mode": "on", "escaping": "aws", "api": {"id": 1, "stage": "prod"}, "stageVariables": {"a": 1, "b": "2"},
  "gatewayResponses": {
    "NOPE": {"statusCode": 418},
    "THROTTLED": {"statusCode": "x", "headers": {"A": 1, "B": "b"}, "responseTemplates": {"*/*": "", "text/plain": "t"}},
    "UNAUTHORIZED": {"statusCode": 401,,
`
	const want = `version 1, mode rewrite, emulate "", escaping aws
api id "", stage "prod", account ""
stage variable "a" (2:90) = "" (1:1)
stage variable "b" (2:98) = "2" (2:103)
no type at "NOPE" (4:5), status 418
THROTTLED at "THROTTLED" (5:5), status 0
  header "B" (5:58) = "b" (5:63)
  template "text/plain" (5:102) = "t" (5:116)
UNAUTHORIZED at "UNAUTHORIZED" (6:5), status 401
`
	document, findings := Decode([]byte(text))
	if !findings.HasErrors() {
		t.Error("no errors")
	}
	if diff := cmp.Diff(want, dump(document)); diff != "" {
		t.Errorf("document (-want +got):\n%s", diff)
	}
}
