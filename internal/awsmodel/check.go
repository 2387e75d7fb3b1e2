// SPDX-License-Identifier: Apache-2.0

package awsmodel

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// common are the errors of every service, which its model does not have, and their statuses. Source: "Common Errors" in the API
// references of AWS's services, and "Common error types" in that of API Gateway.
var common = map[string]int{
	"AccessDeniedException":               403,
	"ExpiredTokenException":               403,
	"IncompleteSignatureException":        403,
	"InternalFailure":                     500,
	"InvalidSignatureException":           403,
	"MissingAuthenticationTokenException": 403,
	"RequestEntityTooLargeException":      413,
	"SerializationException":              400,
	"UnknownOperationException":           404,
	"UnrecognizedClientException":         403,
	"ValidationException":                 400,
}

// Check gives the name of the operation that a request was for, and what is wrong with the reply: a status that the operation has not, members
// that SDKs do not know, values of other types, names that are in no list of names.
func (m *Model) Check(r Reply) (operation string, faults []string) {
	name, o := m.find(r)
	if name == "" {
		if r.Status < 400 {
			return "", []string{fmt.Sprintf("%s %s is no operation, and was answered with %d", r.Method, r.Path, r.Status)}
		}
		return "", nil
	}
	if r.Status >= 300 {
		return name, m.checkError(o, r)
	}
	if want := cmp.Or(o.HTTP.ResponseCode, 200); r.Status != want {
		faults = append(faults, fmt.Sprintf("the status is %d, not %d", r.Status, want))
	}
	switch {
	case o.Output == nil:
		if len(r.Body) > 0 {
			faults = append(faults, fmt.Sprintf("the body is not empty: %.100q", r.Body))
		}
		return name, faults
	case m.Shapes[o.Output.Shape].Payload != "":
		return name, faults
	}
	var value any
	if err := json.Unmarshal(r.Body, &value); err != nil {
		return name, append(faults, fmt.Sprintf("the body is no JSON: %v: %.100q", err, r.Body))
	}
	return name, append(faults, m.value("", *o.Output, value)...)
}

// checkError holds a reply against the errors of an operation.
func (m *Model) checkError(o Operation, r Reply) (faults []string) {
	kind := r.Header.Get("X-Amzn-Errortype")
	status, ok := common[kind]
	for _, e := range o.Errors {
		if e.Shape == kind {
			status, ok = m.Shapes[kind].Error.Status, true
		}
	}
	if s := m.Shapes[kind]; !ok && s.Exception { // one that the operation does not name; AWS sends such as well
		status, ok = s.Error.Status, true
	}
	if !ok {
		faults = append(faults, fmt.Sprintf("%q is no error of the service", kind))
	} else if status != r.Status {
		faults = append(faults, fmt.Sprintf("%s has status %d, not %d", kind, r.Status, status))
	}
	var body struct {
		Message string `json:"message"`
	}
	if err := json.Unmarshal(r.Body, &body); err != nil || body.Message == "" {
		faults = append(faults, fmt.Sprintf("the body of the error has no message: %.100q", r.Body))
	}
	return faults
}

// value holds a value against a shape. Place is the path to the value, for messages.
func (m *Model) value(place string, ref reference, value any) []string {
	s := m.Shapes[ref.Shape]
	wrong := func(what string) []string {
		return []string{fmt.Sprintf("%s is %s, not %s: %.100v", orRoot(place), name(value), what, value)}
	}
	switch s.Type {
	case "structure":
		object, ok := value.(map[string]any)
		if !ok {
			return wrong("an object")
		}
		return m.structure(place, s, object)
	case "list":
		list, ok := value.([]any)
		if !ok {
			return wrong("an array")
		}
		var faults []string
		for i, element := range list {
			faults = append(faults, m.value(fmt.Sprintf("%s/%d", place, i), s.Member, element)...)
		}
		return faults
	case "map":
		object, ok := value.(map[string]any)
		if !ok {
			return wrong("an object")
		}
		var faults []string
		for key, element := range object {
			if element == nil { // AWS answers so for empty templates, and SDKs take it
				continue
			}
			faults = append(faults, m.value(place+"/"+key, s.Value, element)...)
		}
		return faults
	case "boolean":
		if _, ok := value.(bool); !ok {
			return wrong("a boolean")
		}
	case "integer", "long":
		if number, ok := value.(float64); !ok || number != float64(int64(number)) {
			return wrong("a whole number")
		}
	case "double", "float", "timestamp":
		if _, ok := value.(float64); !ok {
			return wrong("a number")
		}
	default:
		return m.text(place, s, value)
	}
	return nil
}

// structure holds the members of an object against those of a shape.
func (m *Model) structure(place string, s shape, object map[string]any) (faults []string) {
	known := map[string]reference{}
	for member, ref := range s.Members {
		if ref.Location == "" {
			if ref.LocationName != "" {
				member = ref.LocationName
			}
			known[member] = ref
		}
	}
	for member, value := range object {
		ref, ok := known[member]
		if !ok {
			faults = append(faults, fmt.Sprintf("%s is no member of the shape: %.100v", orRoot(place+"/"+member), value))
			continue
		}
		faults = append(faults, m.value(place+"/"+member, ref, value)...)
	}
	for _, member := range s.Required {
		if _, ok := object[member]; !ok && s.Members[member].Location == "" {
			faults = append(faults, fmt.Sprintf("%s is missing", place+"/"+member))
		}
	}
	slices.Sort(faults)
	return faults
}

// text holds a string against a shape.
func (m *Model) text(place string, s shape, value any) []string {
	text, ok := value.(string)
	if !ok {
		return []string{fmt.Sprintf("%s is %s, not a string: %.100v", orRoot(place), name(value), value)}
	}
	if len(s.Enum) > 0 && !slices.Contains(s.Enum, text) {
		return []string{fmt.Sprintf("%s is %q, none of %s", orRoot(place), text, strings.Join(s.Enum, ", "))}
	}
	if s.Pattern != "" && !regexp.MustCompile("^(?:"+s.Pattern+")$").MatchString(text) {
		return []string{fmt.Sprintf("%s is %q, not like %s", orRoot(place), text, s.Pattern)}
	}
	return nil
}

func orRoot(place string) string {
	if place == "" {
		return "the body"
	}
	return place
}

// name is what kind of value of JSON this is.
func name(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "a boolean"
	case float64:
		return "a number"
	case string:
		return "a string"
	case []any:
		return "an array"
	}
	return "an object"
}
