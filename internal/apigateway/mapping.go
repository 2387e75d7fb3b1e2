// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"maps"
	"slices"
	"strings"

	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/nearest"
)

// checkMappings says which keys and values of responseParameters are no mappings, all of them as AWS does. What is a mapping without
// effect here is none of its errors.
func checkMappings(parameters map[string]string) error {
	var wrong []string
	search := new(nearest.Search)
	for _, key := range slices.Sorted(maps.Keys(parameters)) {
		if _, flaw := grammar.ParseTarget(key, search); flaw != nil && !flaw.Warning {
			wrong = append(wrong, key)
		}
		if _, flaw := grammar.ParseSource(parameters[key], search); flaw != nil && !flaw.Warning {
			wrong = append(wrong, parameters[key])
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return badMappings(wrong)
}

func badMappings(wrong []string) error {
	const what = "Invalid mapping expression specified: "
	return BadRequest("%s", what+validationResult(what, wrong))
}

// maxListed is how many errors an answer lists, so that it is not many times as long as the request.
const maxListed = 100

// validationResult lists errors as AWS does.
func validationResult(what string, wrong []string) string {
	listed := wrong[:min(len(wrong), maxListed)]
	return "Validation Result: warnings : [], errors : [" + what + strings.Join(listed, ", "+what) + "]"
}

// checkContentTypes says which keys of templates are no media types.
func checkContentTypes[M ~map[string]string](templates M) error {
	var wrong []string
	for _, key := range slices.Sorted(maps.Keys(templates)) {
		if _, flaw := grammar.ParseMediaType(key); flaw != nil && !flaw.Warning {
			wrong = append(wrong, key)
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	return BadRequest("%s", validationResult("Invalid content type specified: ", wrong))
}

// checkRequestParameters says which keys of a method's requestParameters name no part of a request, and refuses two parts of one name.
func checkRequestParameters(parameters map[string]bool) error {
	names := map[string]bool{}
	for _, key := range slices.Sorted(maps.Keys(parameters)) {
		name, ok := requestParameter(key)
		if !ok {
			return badMappings([]string{key})
		}
		if names[name] {
			return BadRequest("Parameter names must be unique across querystring, header and path")
		}
		names[name] = true
	}
	return nil
}

// requestParameter gives the name of a part of a request.
func requestParameter(key string) (name string, ok bool) {
	for _, position := range []string{"header", "querystring", "path", "multivalueheader", "multivaluequerystring"} {
		if name, ok = strings.CutPrefix(key, "method.request."+position+"."); ok {
			return name, name != ""
		}
	}
	return "", false
}
