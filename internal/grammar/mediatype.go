// SPDX-License-Identifier: Apache-2.0

package grammar

import (
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// ParseMediaType checks a key of responseTemplates and returns its type/subtype in lower case, by which it is chosen.
func ParseMediaType(key string) (string, *Flaw) {
	essence, parameters, _ := strings.Cut(key, ";")
	essence = strings.TrimRight(essence, " \t")
	kind, subtype, _ := strings.Cut(essence, "/")
	switch {
	case strings.Contains(essence, "*"):
		return "", &Flaw{Code: code.BadMediaType, At: strings.IndexByte(essence, '*'), Message: quote.Text(key) + ` is a media range, but a template has one media type; use e.g. "application/json"`}
	case !chars.IsToken(kind) || !chars.IsToken(subtype):
		return "", Wrong(code.BadMediaType, quote.Text(key)+` is not a media type; use type/subtype, e.g. "application/json"`)
	case !areParameters(parameters) || CheckHeaderText(parameters) != nil:
		return "", &Flaw{Code: code.BadMediaType, At: len(key) - len(parameters), Message: quote.Text(key) + ` has parameters that are not name=value; use e.g. "text/html; charset=utf-8"`}
	}
	return chars.Lower(essence), nil
}

// areParameters reports whether text is a list of parameters as RFC 9110 section 5.6.6 has them, without the first ";".
func areParameters(text string) bool {
	for text != "" {
		name, rest, ok := strings.Cut(strings.TrimLeft(text, " \t"), "=")
		if !ok || !chars.IsToken(name) {
			return false
		}
		length := parameterValue(rest)
		if length == 0 {
			return false
		}
		rest = strings.TrimLeft(rest[length:], " \t")
		if rest != "" && rest[0] != ';' {
			return false
		}
		text = strings.TrimPrefix(rest, ";")
	}
	return true
}

// parameterValue is the length of the token or quoted string that text begins with, 0 for neither.
func parameterValue(text string) int {
	if !strings.HasPrefix(text, `"`) {
		return chars.TokenLength(text)
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '"':
			return i + 1
		case '\\':
			i++
		}
	}
	return 0
}
