// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"fmt"
	"slices"
	"strings"
)

// violations are what an input has that AWS's model does not allow. AWS lists the members of the body first, then those of the path.
type violations struct {
	// input is AWS's name of the input, which stands before the members of its body, such as putIntegrationInput.
	input string
	found []string
}

// err is the ValidationException that lists all, nil for none.
func (v *violations) err() error {
	switch len(v.found) {
	case 0:
		return nil
	case 1:
		return Invalid("%s", "1 validation error detected: "+v.found[0])
	default:
		return Invalid("%d validation errors detected: %s", len(v.found), strings.Join(v.found, "; "))
	}
}

func (v *violations) add(value, at, constraint string) {
	v.found = append(v.found, fmt.Sprintf("Value %s at '%s' failed to satisfy constraint: %s", value, at, constraint))
}

// body is the label of a member of the body.
func (v *violations) body(member string) string { return v.input + "." + member }

// required reports a member that is not there.
func (v *violations) required(member string, given bool) {
	if !given {
		v.add("null", v.body(member), "Member must not be null")
	}
}

// enum reports a member of the body that is none of the values.
func (v *violations) enum(member string, value *string, values []string) {
	if value != nil && !slices.Contains(values, *value) {
		v.add("'"+*value+"'", v.body(member), mustBeOneOf(values))
	}
}

// enums reports a list in the body of which an element is none of the values.
func (v *violations) enums(member string, list, values []string) {
	for _, value := range list {
		if !slices.Contains(values, value) {
			v.add("'["+strings.Join(list, ", ")+"]'", v.body(member), "Member must satisfy constraint: ["+mustBeOneOf(values)+"]")
			return
		}
	}
}

func mustBeOneOf(values []string) string {
	return "Member must satisfy enum value set: [" + strings.Join(values, ", ") + "]"
}

// responseType reports the type in the path when there is none of its name.
func (v *violations) responseType(name string) {
	if _, known := ResponseType(name); !known {
		v.add("'"+name+"'", "responseType", mustBeOneOf(responseTypes))
	}
}

// statusCode reports a text that is no status code of AWS's model: [1-5]\d\d.
func (v *violations) statusCode(at, value string) {
	if !isStatusCode(value) {
		v.add("'"+value+"'", at, `Member must satisfy regular expression pattern: [1-5]\d\d`)
	}
}

func isStatusCode(s string) bool {
	return len(s) == 3 && '1' <= s[0] && s[0] <= '5' && isDigit(s[1]) && isDigit(s[2])
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// maxOperations is how many operations a patch may have: on lists each costs as much as the list is long.
const maxOperations = 1000

// patch reports operations that patches do not have, or too many of them.
func (v *violations) patch(operations []PatchOperation) {
	if len(operations) > maxOperations {
		v.add("'[...]'", v.body("patchOperations"), fmt.Sprintf("Member must have length less than or equal to %d", maxOperations))
		return
	}
	for i, operation := range operations {
		member := fmt.Sprintf("patchOperations.%d.member.op", i+1)
		v.required(member, operation.Op != "")
		if operation.Op != "" {
			v.enum(member, &operation.Op, patchOps)
		}
	}
}

// checkPatch checks an input that has nothing but operations in its body.
func checkPatch(input string, operations []PatchOperation) error {
	v := violations{input: input}
	v.patch(operations)
	return v.err()
}
