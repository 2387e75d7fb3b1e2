// SPDX-License-Identifier: Apache-2.0

package apigateway

import "strings"

// pathPartLetters are what path parts of resources are made of.
const pathPartLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-:"

// CheckPathPart says in AWS's words why a text cannot be the path part of a resource: text such as pets, or a variable such as {petId}
// or {proxy+}.
func CheckPathPart(part string) error {
	name := part
	if inside, isVariable := strings.CutPrefix(part, "{"); isVariable {
		if inside, isVariable = strings.CutSuffix(inside, "}"); !isVariable {
			return badPathPart()
		}
		name = strings.TrimSuffix(inside, "+")
	}
	if name == "" || strings.Trim(name, pathPartLetters) != "" {
		return badPathPart()
	}
	return nil
}

func badPathPart() error {
	return BadRequest("Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly braces at the beginning and the end.")
}
