// SPDX-License-Identifier: Apache-2.0

package grammar

import (
	"strings"
	"testing"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/nearest"
)

// maxFuzzed is the longest input that is fuzzed, in bytes.
const maxFuzzed = 4 << 10

// FuzzParseSource holds that a value is a static text or a variable or refused, and that what is suggested is right.
func FuzzParseSource(f *testing.F) {
	for _, seed := range []string{
		"'text'", "''", "'", "context.requestId", "$context.a", "${stageVariables.b}", "\"x\"", "method.request.body",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, value string) {
		if len(value) > maxFuzzed {
			return
		}
		parameter, problem := ParseSource(value, new(nearest.Search))
		if problem != nil {
			checkFlaw(t, value, problem)
			if parameter != (Source{}) {
				t.Errorf("%q is refused, and yet %+v", value, parameter)
			}
		} else if parameter.Static && "'"+parameter.Literal+"'" != value || !parameter.Static && parameter.Variable != value {
			t.Errorf("%q became %+v", value, parameter)
		}
		if meant, ok := meantSource(value, new(nearest.Search)); ok {
			if _, problem := ParseSource(meant, new(nearest.Search)); problem != nil {
				t.Errorf("%q suggests %q, which is refused: %s", value, meant, problem.Message)
			}
		}
	})
}

// FuzzParseTarget holds the same for keys.
func FuzzParseTarget(f *testing.F) {
	for _, seed := range []string{
		"gatewayresponse.header.A", "gatewayresponse.path.a", "gatewayResponse.headers.A", "A", "method.response.header.A.B",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, key string) {
		if len(key) > maxFuzzed {
			return
		}
		header, problem := ParseTarget(key, new(nearest.Search))
		if problem != nil {
			checkFlaw(t, key, problem)
		} else if TargetPrefix+header != key || !chars.IsToken(header) {
			t.Errorf("%q became %q", key, header)
		}
		if meant, ok := meantTarget(key, new(nearest.Search)); ok {
			if _, problem := ParseTarget(meant, new(nearest.Search)); problem != nil && !problem.Warning {
				t.Errorf("%q suggests %q, which is refused: %s", key, meant, problem.Message)
			}
		}
	})
}

// FuzzParseMediaType holds that a media type is found again in what was made of it.
func FuzzParseMediaType(f *testing.F) {
	for _, seed := range []string{"application/json", "Text/HTML; charset=utf-8", `a/b;c="d\";e"`, "a/b;c=\"\\\n\"", "*/*", "a/b;", "/"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, key string) {
		if len(key) > maxFuzzed {
			return
		}
		mediaType, problem := ParseMediaType(key)
		if problem != nil {
			checkFlaw(t, key, problem)
			return
		}
		if !strings.HasPrefix(strings.ToLower(key), mediaType) || strings.ContainsAny(mediaType, " \t;*") {
			t.Errorf("%q became %q", key, mediaType)
		}
		if again, problem := ParseMediaType(mediaType); problem != nil || again != mediaType {
			t.Errorf("%q became %q, which is %q", key, mediaType, again)
		}
		if CheckHeaderText(key) != nil {
			t.Errorf("%q cannot be a Content-Type", key)
		}
	})
}

// checkFlaw holds that a flaw has a message, and a place in the string.
func checkFlaw(t *testing.T, s string, problem *Flaw) {
	if problem.Message == "" || strings.Contains(problem.Message, "\n") || problem.At < Whole || problem.At > len(s) {
		t.Errorf("flaw of %q at %d: %q", s, problem.At, problem.Message)
	}
}
