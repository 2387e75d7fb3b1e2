// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"fmt"
	"strings"

	"gatewayresponses/internal/jsonwrite"
)

// YAML is what local_reply_config holds.
func (c Config) YAML() string {
	if len(c.Mappers) == 0 {
		return "mappers: []\n"
	}
	var b strings.Builder
	b.WriteString("mappers:\n")
	for i := range c.Mappers {
		c.Mappers[i].write(&b)
	}
	return b.String()
}

// write writes the mapper as an element of a list.
func (m *Mapper) write(b *strings.Builder) {
	fmt.Fprintf(b, `# %s
- filter:
    extension_filter:
      name: envoy.access_loggers.extension_filters.cel
      typed_config:
        "@type": type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter
        expression: %s
`, m.About, jsonwrite.String(m.Expression))
	if m.Status != 0 {
		fmt.Fprintf(b, "  status_code: %d\n", m.Status)
	}
	if len(m.Headers) > 0 {
		b.WriteString("  headers_to_add:\n")
	}
	for _, h := range m.Headers {
		fmt.Fprintf(b, "  - header: {key: %s, value: %s}\n    append_action: OVERWRITE_IF_EXISTS_OR_ADD\n", jsonwrite.String(h.Name), jsonwrite.String(h.Format))
		if h.Format == "" {
			b.WriteString("    keep_empty_value: true\n")
		}
	}
	if m.Body != "" {
		fmt.Fprintf(b, "  body_format_override:\n    content_type: %s\n    text_format_source: {inline_string: %s}\n", jsonwrite.String(m.ContentType), jsonwrite.String(m.Body))
	}
}
