// SPDX-License-Identifier: Apache-2.0

package emitted

import (
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/localreply"
	"gatewayresponses/internal/convert/tree"
)

// imported is a local_reply_config whose mappers a document can say.
const imported = `mappers:
- filter: {status_code_filter: {comparison: {op: EQ, value: {default_value: 404, runtime_key: errors.gone}}}}
  status_code: 410
  headers_to_add:
  - {header: {key: X-Why, value: "%RESPONSE_CODE_DETAILS% 5%%"}, append_action: OVERWRITE_IF_EXISTS_OR_ADD}
  body: {inline_string: "gone 100%"}
  body_format_override: {text_format_source: {inline_string: "<h1>%LOCAL_REPLY_BODY% %RESPONSE_CODE%</h1>"}, content_type: "text/html; charset=UTF-8"}
- filter:
    and_filter:
      filters:
      - {status_code_filter: {comparison: {op: GE, value: {default_value: 500, runtime_key: errors.server}}}}
      - {or_filter: {filters: [{header_filter: {header: {name: accept, string_match: {prefix: "text/"}}}}, {header_filter: {header: {name: x-none, present_match: true}}}]}}
  body: {inline_string: "down"}
- filter: {or_filter: {filters: [{status_code_filter: {comparison: {op: EQ, value: {default_value: 401, runtime_key: a}}}}, {status_code_filter: {comparison: {op: EQ, value: {default_value: 403, runtime_key: b}}}}]}}
  body: {inline_string: "say \"please\""}
  body_format_override: {json_format: {code: "%RESPONSE_CODE%", msg: "%LOCAL_REPLY_BODY%", text: "a %LOCAL_REPLY_BODY%", n: {p: "%PROTOCOL%"}}}
- filter: {status_code_filter: {comparison: {op: EQ, value: {default_value: 429, runtime_key: c}}}}
  body_format_override: {text_format: "slow down: %LOCAL_REPLY_BODY%\n"}
- filter: {status_code_filter: {comparison: {op: EQ, value: {default_value: 410, runtime_key: d}}}}
  body: {inline_string: "on purpose"}
body_format: {json_format: {s: "%RESPONSE_CODE%", t: "x%RESPONSE_CODE_DETAILS%", b: "%LOCAL_REPLY_BODY%"}}
`

// TestImported: the document that gwr import makes of a local_reply_config answers as that does.
func TestImported(t *testing.T) {
	file, err := tree.Read("local_reply_config.yaml", []byte(imported))
	if err != nil {
		t.Fatal(err)
	}
	result, err := localreply.Format.Import(&convert.Source{Name: file.Name, Files: []*tree.File{file}}, convert.Options{})
	if err != nil {
		t.Fatal(err)
	}
	document, _ := result.Document.Compact()
	settings := envoytest.Gateway(t, string(document))
	settings.NoCompanions = true
	// Where the filter quotes the body that Envoy made it does not know the length in time to say it.
	compare(t, envoytest.Start(t, settings), envoytest.StartFrom(t, withLocalReplyConfig(t, imported), withoutFilter()), false, "Content-Length")
}
