// SPDX-License-Identifier: Apache-2.0

package awsmodel_test

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/awsmodel"
)

// small is a model with a shape of each type.
const small = `{
  "operations": {
    "GetThing": {"http": {"method": "GET", "requestUri": "/things/{id}"}, "output": {"shape": "Thing"}, "errors": [{"shape": "NotFoundException"}]},
    "PutThing": {"http": {"method": "POST", "requestUri": "/things", "responseCode": 201}, "output": {"shape": "Thing"}},
    "ImportThing": {"http": {"method": "POST", "requestUri": "/things?mode=import", "responseCode": 200}, "output": {"shape": "Export"}},
    "DeleteThing": {"http": {"method": "DELETE", "requestUri": "/things/{id}", "responseCode": 202}}
  },
  "shapes": {
    "Thing": {"type": "structure", "required": ["id"], "members": {
      "id": {"shape": "String"}, "items": {"shape": "Colours", "locationName": "item"}, "tags": {"shape": "Tags"},
      "size": {"shape": "Integer"}, "at": {"shape": "Timestamp"}, "on": {"shape": "Boolean"}, "status": {"shape": "Status"},
      "place": {"shape": "String", "location": "header", "locationName": "Location"}}},
    "Export": {"type": "structure", "payload": "body", "members": {"body": {"shape": "Blob"}}},
    "Colours": {"type": "list", "member": {"shape": "Colour"}},
    "Colour": {"type": "string", "enum": ["RED", "BLUE"]},
    "Tags": {"type": "map", "key": {"shape": "String"}, "value": {"shape": "String"}},
    "Status": {"type": "string", "pattern": "[1-5]\\d\\d"},
    "String": {"type": "string"}, "Integer": {"type": "integer"}, "Timestamp": {"type": "timestamp"}, "Boolean": {"type": "boolean"}, "Blob": {"type": "blob"},
    "NotFoundException": {"type": "structure", "exception": true, "error": {"httpStatusCode": 404}, "members": {"message": {"shape": "String"}}}
  }
}`

// TestCheck holds what is found wrong with replies.
func TestCheck(t *testing.T) {
	path := filepath.Join(t.TempDir(), "service-2.json")
	if err := os.WriteFile(path, []byte(small), 0o600); err != nil {
		t.Fatal(err)
	}
	model, err := awsmodel.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, request string
		status        int
		kind, body    string
		operation     string
		want          []string
	}{
		{"right", "GET /things/1", 200, "", `{"id":"1","item":["RED"],"tags":{"a":"b","empty":null},"size":1,"at":1.5,"on":true,"status":"429"}`, "GetThing", nil},
		{"everything wrong", "GET /things/1", 201, "", `{"items":[],"item":["GREEN",null],"tags":{"a":1},"size":1.5,"at":"now","on":"yes","status":"600","place":"x"}`, "GetThing", []string{
			"the status is 201, not 200",
			`/at is a string, not a number: now`,
			`/id is missing`,
			`/item/0 is "GREEN", none of RED, BLUE`,
			`/item/1 is null, not a string: <nil>`,
			`/items is no member of the shape: []`,
			`/on is a string, not a boolean: yes`,
			`/place is no member of the shape: x`,
			`/size is a number, not a whole number: 1.5`,
			`/status is "600", not like [1-5]\d\d`,
			`/tags/a is a number, not a string: 1`,
		}},
		{"an array", "POST /things", 201, "", `[]`, "PutThing", []string{"the body is an array, not an object: []"}},
		{"no JSON", "POST /things", 201, "", `<a>`, "PutThing", []string{`the body is no JSON: invalid character '<' looking for beginning of value: "<a>"`}},
		{"by its query", "POST /things?mode=import", 200, "", `whatever`, "ImportThing", nil},
		{"without output", "DELETE /things/1", 202, "", "", "DeleteThing", nil},
		{"a body in its place", "DELETE /things/1", 202, "", "{}", "DeleteThing", []string{`the body is not empty: "{}"`}},
		{"an error", "GET /things/1", 404, "NotFoundException", `{"message":"no"}`, "GetThing", nil},
		{"an error of all services", "GET /things/1", 403, "AccessDeniedException", `{"message":"no"}`, "GetThing", nil},
		{"an error with another status", "GET /things/1", 400, "NotFoundException", `{"message":"no"}`, "GetThing", []string{"NotFoundException has status 400, not 404"}},
		{"an error that there is not", "GET /things/1", 400, "Oops", `{}`, "GetThing", []string{`"Oops" is no error of the service`, `the body of the error has no message: "{}"`}},
		{"no operation", "GET /others", 200, "", "", "", []string{"GET /others is no operation, and was answered with 200"}},
		{"no operation, refused", "GET /things/", 404, "", "", "", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			method, target, _ := strings.Cut(tc.request, " ")
			path, query, _ := strings.Cut(target, "?")
			values, err := url.ParseQuery(query)
			if err != nil {
				t.Fatal(err)
			}
			operation, faults := model.Check(awsmodel.Reply{
				Method: method, Path: path, Query: values, Status: tc.status, Header: http.Header{"X-Amzn-Errortype": {tc.kind}}, Body: []byte(tc.body),
			})
			if operation != tc.operation {
				t.Errorf("taken for %q, want %q", operation, tc.operation)
			}
			if diff := cmp.Diff(tc.want, faults); diff != "" {
				t.Errorf("faults (-want +got):\n%s", diff)
			}
		})
	}
}
