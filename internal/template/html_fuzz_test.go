// SPDX-License-Identifier: Apache-2.0

package template

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// page has a variable in every place where one is allowed.
const page = `<!DOCTYPE html>
<html lang="$context.path"><head><title>$context.path</title>
<meta name="description" content='$context.path'><meta http-equiv="refresh" content="0; url=/?${context.path|url}">
<link rel="help" href="$stageVariables.docs/$context.path"><style>p { color: red }</style></head>
<body class="$context.path"><h1>$context.status</h1><p title = '$context.path' data-path="$context.path">$context.path</p>
<table><tr><td>$context.path</td></tr></table><textarea>$context.path</textarea>
<a href="?to=$context.path">$context.error.messageString</a><a href="${context.path|url}">go</a>
<svg viewBox="0 0 1 1"><text x="$context.status">$context.path</text></svg>
<script>var dollar = "$";</script></body></html>`

// TestHostileHTML: whatever the value, a browser makes the same tree of the page.
func TestHostileHTML(t *testing.T) {
	parsed := parse(t, page, "text/html", Refuse)
	want := tree(t, fillAll(parsed, "x", true))
	for _, hostile := range hostileValues {
		t.Run(hostile, func(t *testing.T) {
			rendered := fillAll(parsed, hostile, true)
			if diff := cmp.Diff(want, tree(t, rendered)); diff != "" {
				t.Errorf("elements with %q mismatch (-want +got):\n%s\n%s", hostile, diff, rendered)
			}
		})
	}
}

// tree lists the elements of a page with the names of their attributes.
func tree(t *testing.T, text []byte) []string {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var elements []string
	for node := range root.Descendants() {
		if node.Type != html.TextNode {
			elements = append(elements, node.Data+attributeNames(node.Attr))
		}
	}
	return elements
}

// attributeNames lists the names of attributes.
func attributeNames(attributes []html.Attribute) string {
	var names strings.Builder
	for _, attribute := range attributes {
		names.WriteString(" " + attribute.Namespace + ":" + attribute.Key)
	}
	return names.String()
}

// FuzzRenderHTML: whatever template and value are, no tag, attribute or comment is gained or lost, and none changes. Nor
// does the tree, but for what blank text does to it: <table>x</table> is not <table> </table>.
func FuzzRenderHTML(f *testing.F) {
	for _, text := range []string{
		page, "<p>$context.path</p>", "<p title='$context.path'>", `<a href="/$context.path">`, "<title></t $context.path</title>",
		"<script><!--<script>$context.path", "a < $context.path", "<!---->$context.path", "<?>$context.path", "</>$context.path", "<svg><title>$context.path",
		"<svg><title><b title='</title>$context.path'>", "<math><![CDATA[>$context.path]]>", "<x:title><p title='$context.path'>", "<svg><foreignObject><title>$context.path<p>",
		"<math><annotation-xml encoding='$context.path'><p><svg>$context.stage",
		"<$context.path!--$context.stage-->", "<script>$context.path</script><p>$context.stage", "<p $context.path='$context.stage'>$context.path",
		"<a href='java$context.path' title='$context.stage'>", "<title><$context.path/title>$context.stage",
	} {
		for _, value := range hostileValues {
			f.Add(text, value)
		}
	}
	f.Fuzz(func(t *testing.T, text, value string) {
		if len(text)+len(value) > maxFuzz {
			return
		}
		parsed, _ := Parse(text, Options{MediaType: "text/html", Unsafe: Empty, Resolve: resolve, Owners: ownersValues})
		if parsed == nil {
			return
		}
		want := tags(fillAll(parsed, "x", true))
		rendered := fillAll(parsed, value, true)
		if diff := cmp.Diff(want, tags(rendered)); diff != "" {
			t.Errorf("%q with %q: tags mismatch (-want +got):\n%s\n%s", text, value, diff, rendered)
		}
		if strings.TrimSpace(value) == "" {
			return
		}
		if diff := cmp.Diff(tree(t, fillAll(parsed, "x", true)), tree(t, rendered)); diff != "" {
			t.Errorf("%q with %q: tree mismatch (-want +got):\n%s\n%s", text, value, diff, rendered)
		}
	})
}

// tags lists all tokens of a page but for the text.
func tags(text []byte) []string {
	var all []string
	for tokens := html.NewTokenizer(bytes.NewReader(text)); tokens.Next() != html.ErrorToken; {
		switch token := tokens.Token(); token.Type {
		case html.TextToken:
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			all = append(all, token.Type.String()+" "+token.Data+attributeNames(token.Attr))
		default:
			all = append(all, token.String())
		}
	}
	return all
}
