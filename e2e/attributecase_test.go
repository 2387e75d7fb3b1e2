// SPDX-License-Identifier: Apache-2.0

package e2e

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/cases"
)

// attributeFilters are the filters of Envoy that write the attributes of a case, "" without any.
func attributeFilters(t *testing.T, c cases.Case) string {
	t.Helper()
	var b strings.Builder
	for i, attribute := range c.Attributes {
		switch attribute.Kind {
		case "metadata":
			fmt.Fprintf(&b, `- name: metadata-%d
  typed_config:
    "@type": %sset_metadata.v3.Config
    metadata: [%s]
`, i, envoytest.HTTPFilters, metadataValue(t, attribute))
		case "filterState":
			b.WriteString(filterStateFilter(attribute.Name, attribute.Value.(string)))
		default:
			t.Fatalf("%s %s: no filter writes it", attribute.Kind, attribute.Name)
		}
	}
	return b.String()
}

// metadataValue is a value of the dynamic metadata as the filter set_metadata takes it.
func metadataValue(t *testing.T, attribute cases.Attribute) string {
	t.Helper()
	keys := strings.Split(attribute.Name, "/")
	value := attribute.Value
	for i := len(keys) - 1; i > 0; i-- {
		value = map[string]any{keys[i]: value}
	}
	text, err := json.Marshal(map[string]any{"metadata_namespace": keys[0], "value": value, "allow_overwrite": true})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// filterStateFilter is a filter that writes an object of the filter state, whose text is a format of access logs.
func filterStateFilter(key, format string) string {
	return fmt.Sprintf(`- name: state-%[1]s
  typed_config:
    "@type": %[2]sset_filter_state.v3.Config
    on_request_headers:
    - object_key: %[1]s
      factory_key: envoy.string
      format_string: {text_format_source: {inline_string: %[3]q}}
`, key, envoytest.HTTPFilters, format)
}
