// SPDX-License-Identifier: Apache-2.0

package template

import "strconv"

// hostileValues are what a client would try.
var hostileValues = []string{
	"", "x", " ", `"`, `'`, `\`, `\"`, "\\u0022", `","admin":true,"a":"`, "</script><script>alert(1)</script>", "--><b>", "]]><b>", "?><b>",
	"' onload='x", `" onload="x`, "&quot;", "&lt;b&gt;", "<!--", "<![CDATA[", "javascript:alert(1)", "\x00", "\x0b\x1f\x7f", "\xff\xfe", "\xed\xa0\x80",
	"\u2028\u2029\ufeff\ufffe\uffff", "\r\n", "a\r\nb", "$context.path", "${context.path}", "null", "true", "1e999", "title>", "/title", "=", "/", ">",
}

// fillAll fills every slot with value; a number slot gets a number that the value decides, as such variables are
// numbers by definition.
func fillAll(t *Template, value string, ok bool) []byte {
	text, _ := t.Render(nil, NoLimit, func(i int) (string, bool) {
		if kind, _ := resolve(t.Names()[i], ""); kind == KindJSON {
			return strconv.Itoa(len(value)), true
		}
		return value, ok
	})
	return text
}
