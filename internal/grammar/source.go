// SPDX-License-Identifier: Apache-2.0

package grammar

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
)

// Source is what a value of responseParameters says: a static text, or a variable.
type Source struct {
	// Static reports that the value was 'quoted'; Literal is what stood between the quotes, "" removes the header.
	Static  bool
	Literal string
	// Variable is the source otherwise, e.g. "method.request.header.Accept" or "response.header.etag".
	Variable string
}

// source is one kind of value of responseParameters: a prefix with a name behind it.
type source struct {
	prefix string
	// check says what is wrong with the name, "" when nothing is.
	check func(name string) string
}

// sources are the variables that a header can be set from.
var sources = []source{
	{"method.request.header.", checkFieldName},
	{"method.request.multivalueheader.", checkFieldName},
	{"method.request.querystring.", checkParameterName},
	{"method.request.multivaluequerystring.", checkParameterName},
	{"method.request.path.", checkParameterName},
	{"method.input.params.", checkParameterName},
	{"context.", checkVariableName},
	{"stageVariables.", checkVariableName},
	{"response.header.", checkFieldName},
}

// foreignSources are prefixes that people bring from elsewhere in AWS, and what they are called here.
var foreignSources = []struct{ prefix, meant string }{
	{"integration.response.header.", "response.header."},
	{"method.response.header.", "response.header."},
	{"request.header.", "method.request.header."},
}

// requestBody is a source that AWS has, but a reply can be sent before the body of the request is there.
const requestBody = "method.request.body"

// ParseSource reads a value of responseParameters and returns what it says: Static with Literal, or Variable.
func ParseSource(value string, search *nearest.Search) (Source, *Flaw) {
	if strings.HasPrefix(value, "'") {
		return parseStatic(value)
	}
	if rest, ok := strings.CutPrefix(value, requestBody); ok && (rest == "" || rest[0] == '.' || rest[0] == '[') {
		return Source{}, &Flaw{Code: code.MappingWithoutEffect, Warning: true, At: Whole, Message: quote.Text(value) + " has no effect: the request body is not read; remove it"}
	}
	source, ok := sourceOf(value)
	if !ok {
		return Source{}, unknownSource(value, search)
	}
	if problem := source.check(value[len(source.prefix):]); problem != "" {
		return Source{}, &Flaw{Code: code.BadMappingValue, At: len(source.prefix), Message: quote.Text(value) + problem}
	}
	return Source{Variable: value}, nil
}

// SourcePrefixes are what the names of variables begin with that a header can be set from.
func SourcePrefixes() []string {
	prefixes := make([]string, len(sources))
	for i, source := range sources {
		prefixes[i] = source.prefix
	}
	return prefixes
}

// sourceOf finds the source that value begins with.
func sourceOf(value string) (source, bool) {
	i := slices.IndexFunc(sources, func(s source) bool { return strings.HasPrefix(value, s.prefix) })
	if i < 0 {
		return source{}, false
	}
	return sources[i], true
}

// parseStatic reads 'text'. Quotes inside the text need no escape.
func parseStatic(value string) (Source, *Flaw) {
	literal, closed := strings.CutSuffix(value[1:], "'")
	if !closed {
		return Source{}, &Flaw{Code: code.BadMappingValue, At: len(value), Message: "static value " + quote.Text(value) + " has no closing single quote; add it"}
	}
	if problem := CheckHeaderText(literal); problem != nil {
		problem.At++
		return Source{}, problem
	}
	return Source{Static: true, Literal: literal}, nil
}

// unknownSource is the flaw of a value that is no source.
func unknownSource(value string, search *nearest.Search) *Flaw {
	advice := "; write a static value in single quotes, " + quote.Text("'"+value+"'") +
		", or name a variable of method.request, context, stageVariables or response.header"
	if value == "" {
		advice = "; use \"''\" to remove the header"
	} else if meant, ok := meantSource(value, search); ok {
		advice = "; did you mean " + quote.Text(meant) + "?"
	}
	return Wrong(code.BadMappingValue, quote.Text(value)+" is not a mapping value"+advice)
}

// meantSource guesses the source that was meant.
func meantSource(value string, search *nearest.Search) (string, bool) {
	if text, ok := cutPair(value, `"`, `"`); ok {
		_, problem := parseStatic("'" + text + "'")
		return "'" + text + "'", problem == nil
	}
	meant := respell(strings.TrimPrefix(withoutBraces(strings.TrimSpace(value)), "$"), search)
	source, ok := sourceOf(meant)
	return meant, ok && source.check(meant[len(source.prefix):]) == ""
}

// withoutBraces turns the ${name} of a template into name.
func withoutBraces(value string) string {
	if name, ok := cutPair(value, "${", "}"); ok {
		return name
	}
	return value
}

// respell gives value the prefix that it nearly has.
func respell(value string, search *nearest.Search) string {
	for _, foreign := range foreignSources {
		if name, ok := strings.CutPrefix(value, foreign.prefix); ok {
			return foreign.meant + name
		}
	}
	for _, source := range sources {
		if name, ok := cutNearPrefix(value, []string{source.prefix}, search); ok {
			return source.prefix + name
		}
	}
	return value
}

// cutPair cuts an opening and a closing mark from s.
func cutPair(s, opening, closing string) (string, bool) {
	rest, opened := strings.CutPrefix(s, opening)
	rest, closed := strings.CutSuffix(rest, closing)
	return rest, opened && closed
}

// checkFieldName checks the name of a header to read.
func checkFieldName(name string) string {
	if !chars.IsToken(name) {
		return " names no header; " + headerNameAdvice
	}
	return ""
}

// checkParameterName checks the name of a parameter of the request, which clients can spell as they like.
func checkParameterName(name string) string {
	if name == "" {
		return " names no parameter; add its name behind the last dot"
	}
	return ""
}

// checkVariableName checks NAME(.NAME)*. Whether the variable exists is not known here.
func checkVariableName(name string) string {
	if i := strings.IndexFunc(name, isForeignToName); i >= 0 {
		return " cannot hold " + strconv.QuoteRune(rune(name[i])) + `; templates stand in "headers"`
	}
	for segment := range strings.SplitSeq(name, ".") {
		if segment == "" {
			return ` has an empty part; write single dots, e.g. "context.error.message"`
		}
	}
	return ""
}

// isForeignToName reports whether r hints at a template or at text, rather than at a name.
func isForeignToName(r rune) bool {
	return r <= 0x20 || r == 0x7f || strings.ContainsRune("${}|'\"", r)
}
