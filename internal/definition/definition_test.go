// SPDX-License-Identifier: Apache-2.0

package definition

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
)

// petStore is a definition with a little of everything that is kept.
const petStore = `openapi: 3.0.1
info: {title: Pet store, description: Pets, version: "1.2"}
servers:
  - url: https://example.com/{base}/v2
    variables: {base: {default: shop}}
paths:
  /pets/{petId}:
    parameters:
      - {name: petId, in: path, required: true, schema: {type: string}}
    get:
      operationId: GetPet
      parameters:
        - $ref: '#/components/parameters/trace'
        - {name: full, in: query}
      responses:
        "200": {description: a pet, headers: {X-Total: {schema: {type: string}}}}
      x-amazon-apigateway-integration:
        type: http
        httpMethod: get
        uri: http://pets.internal/{petId}
        passthroughBehavior: when_no_match
        timeoutInMillis: 1000
        requestParameters: {integration.request.path.petId: method.request.path.petId}
        responses:
          default: {statusCode: "200"}
          5..: {statusCode: 502, responseTemplates: {application/json: "{}"}}
  /{proxy+}:
    x-amazon-apigateway-any-method:
      responses: {}
components:
  parameters:
    trace: {name: X-Trace, in: header}
x-amazon-apigateway-binary-media-types: [image/png]
x-amazon-apigateway-gateway-responses:
  THROTTLED:
    statusCode: 429
    responseParameters: {gatewayresponse.header.Retry-After: "'1'"}
  DEFAULT_4XX:
    responseTemplates: {application/json: '{"m":$context.error.messageString}'}
`

// TestRead holds what is read of a definition.
func TestRead(t *testing.T) {
	got, found, err := Read([]byte(petStore), Ignore)
	if err != nil || found.Errors != nil || found.Warnings != nil {
		t.Fatalf("Read found %+v, %v", found, err)
	}
	pattern := "5.."
	want := Definition{
		Name: "Pet store", Description: "Pets", Version: "1.2",
		BinaryMediaTypes: []string{"image/png"},
		Responses: map[string]apigateway.GatewayResponse{
			"THROTTLED":   {ResponseType: "THROTTLED", StatusCode: "429", ResponseParameters: apigateway.Map[string]{"gatewayresponse.header.Retry-After": "'1'"}},
			"DEFAULT_4XX": {ResponseType: "DEFAULT_4XX", ResponseTemplates: apigateway.Map[string]{"application/json": `{"m":$context.error.messageString}`}},
		},
		Resources: map[string]Methods{
			"/pets/{petId}": {"GET": {
				HTTPMethod: "GET", AuthorizationType: "NONE", OperationName: "GetPet",
				RequestParameters: map[string]bool{"method.request.path.petId": true, "method.request.header.X-Trace": false, "method.request.querystring.full": false},
				MethodResponses:   map[string]apigateway.MethodResponse{"200": {StatusCode: "200", ResponseParameters: map[string]bool{"method.response.header.X-Total": false}}},
				MethodIntegration: &apigateway.Integration{
					Type: "HTTP", HTTPMethod: "GET", URI: "http://pets.internal/{petId}", PassthroughBehavior: "WHEN_NO_MATCH", TimeoutInMillis: 1000,
					RequestParameters: map[string]string{"integration.request.path.petId": "method.request.path.petId"},
					IntegrationResponses: map[string]apigateway.IntegrationResponse{
						"200": {StatusCode: "200"},
						"502": {StatusCode: "502", SelectionPattern: &pattern, ResponseTemplates: apigateway.ResponseTemplates{"application/json": "{}"}},
					},
				},
			}},
			"/{proxy+}": {"ANY": {HTTPMethod: "ANY", AuthorizationType: "NONE"}},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("Read (-want +got):\n%s", diff)
	}
}

// TestBasePath holds what becomes of the base path.
func TestBasePath(t *testing.T) {
	for base, want := range map[BasePath]string{"": "/pets/{petId}", Ignore: "/pets/{petId}", Prepend: "/shop/v2/pets/{petId}", Split: "/v2/pets/{petId}"} {
		d, _, err := Read([]byte(petStore), base)
		if _, ok := d.Resources[want]; err != nil || !ok {
			t.Errorf("base path %q: %v, want the path %s, %v", base, d.Resources, want, err)
		}
	}
	d, _, err := Read([]byte("swagger: '2.0'\nbasePath: /a/b\ninfo: {title: t}\npaths: {/: {}, /c/: {}}"), Prepend)
	if _, root := d.Resources["/a/b"]; err != nil || !root || d.Resources["/a/b/c"] == nil {
		t.Errorf("base path of Swagger: %v, %v", d.Resources, err)
	}
}

// TestFound holds what is said of a definition.
func TestFound(t *testing.T) {
	const head = "openapi: 3.0.1\ninfo: {title: t}\n"
	for _, tt := range []struct{ name, text, warning, failure string }{
		{"schemas", head + "components: {schemas: {Pet: {}}}", "definition:3:14: schemas are dropped: nothing here reads bodies", ""},
		{"security", head + "security: []", "definition:3:1: security at the root is dropped, as on AWS: it counts in operations only", ""},
		{"webhooks", head + "webhooks: {}", `definition:3:1: "webhooks" is dropped: nothing here does what it says`, ""},
		{"no slash", head + "paths: {$default: {}}", `definition:3:9: the path "$default" is dropped: it should start with /`, ""},
		{"trace", head + "paths: {/a: {trace: {}}}", `definition:3:14: "trace" of /a is dropped: API Gateway has no such method`, ""},
		{"a range of statuses", head + "paths: {/a: {get: {responses: {2XX: {}}}}}", `definition:3:32: the reply "2XX" is dropped: API Gateway has replies by status only`, ""},
		{"a cookie", head + "paths: {/a: {get: {parameters: [{in: cookie, name: c}]}}}", `definition:3:33: a parameter is dropped: it is called "c" in "cookie", and API Gateway has those of path, query and header`, ""},
		{"a path of another file", head + "paths: {/a: {$ref: 'other.yaml#/a'}}", `definition:3:20: $ref "other.yaml#/a" is dropped: it leads to nothing in this file`, ""},
		{"a path that is not there", head + "paths: {/a: {$ref: '#/x-a'}}", `definition:3:20: $ref "#/x-a" is dropped: it leads to nothing in this file`, ""},
		{"a path in a circle", head + "paths: {/a: {$ref: '#/x-b'}}\nx-b: {$ref: '#/x-c'}\nx-c: {$ref: '#/x-b'}", `definition:3:20: $ref "#/x-b" is dropped: it leads to nothing in this file`, ""},
		{"a title", "openapi: 3.0.1", "", "definition:1:1: info.title is missing: it is the name of the API"},
		{"a long path", head + "paths: {/" + strings.Repeat("a", 2048) + ": {}}", "", "definition:3:9: a path has 2049 bytes, and 2048 at most"},
		{"the same path", head + "paths: {/a: {}, /a/: {}}", "", `definition:3:17: the path "/a/" is that of line 3 once more`},
		{"a type", head + "x-amazon-apigateway-gateway-responses: {FAKE: {}}", "", "definition:3:41: Unable to put gateway response \"FAKE\": 1 validation error detected: Value 'FAKE' at 'responseType'"},
		{"a mapping", head + "x-amazon-apigateway-gateway-responses: {THROTTLED: {responseParameters: {gatewayresponse.header.A: x}}}", "", "definition:3:41: Unable to put gateway response \"THROTTLED\": Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: x]"},
	} {
		_, found, err := Read([]byte(tt.text), Ignore)
		if err != nil || !is(found.Warnings, tt.warning) || !is(found.Errors, tt.failure) {
			t.Errorf("%s: %+v, %v", tt.name, found, err)
		}
	}
}

// is reports whether messages are one that begins with a text, or none for "".
func is(messages []string, begin string) bool {
	if begin == "" {
		return len(messages) == 0
	}
	return len(messages) == 1 && strings.HasPrefix(messages[0], begin)
}

// TestUnreadable holds what is no definition at all.
func TestUnreadable(t *testing.T) {
	for text, want := range map[string]string{
		"":                        "definition",
		"{":                       "definition:1:2",
		"a: [":                    "definition: not YAML",
		"[]":                      "this is no definition",
		"swagger: '1.2'":          `version "1.2"`,
		"openapi: 3.0.1\n---\n{}": "there are 2",
		"a: &a [*a]":              "definition:1",
	} {
		if _, _, err := Read([]byte(text), Ignore); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("Read(%q): %v, want %q", text, err, want)
		}
	}
	if _, _, err := Read(make([]byte, MaxSize+1), Ignore); err == nil || err.Error() != "the definition has 6291457 bytes, and 6291456 at most" {
		t.Errorf("a definition over the limit: %v", err)
	}
}

// TestHostile holds that large and circular definitions end soon.
func TestHostile(t *testing.T) {
	const head = "openapi: 3.0.1\ninfo: {title: t}\n"
	var many, circle, deep strings.Builder
	many.WriteString(head + "components: {x: {get: {parameters: [")
	for i := range 20_000 {
		fmt.Fprintf(&many, "{in: query, name: p%d},", i)
	}
	many.WriteString("]}}}\npaths:\n")
	circle.WriteString(head + "components: {x: {$ref: '#/components/x'}}\npaths:\n")
	for i := range 20_000 {
		fmt.Fprintf(&many, "  /a%d: {$ref: '#/components/x'}\n", i)
		fmt.Fprintf(&circle, "  /a%d: {$ref: '#/components/x'}\n", i)
	}
	deep.WriteString(head + "paths: {'" + strings.Repeat("/a", 1<<20) + "': {}}")
	for name, tt := range map[string]struct{ text, want string }{
		"many": {many.String(), "the definition is too large"}, "circle": {circle.String(), ""}, "deep": {deep.String(), ""},
		"a bomb": {head + "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\nd: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n", "definition:"},
	} {
		start := time.Now()
		_, found, err := Read([]byte(tt.text), Ignore)
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%s: took %v", name, took)
		}
		if len(found.Errors) > maxTold || len(found.Warnings) > maxTold {
			t.Errorf("%s: %d errors and %d warnings are told", name, len(found.Errors), len(found.Warnings))
		}
		if (err == nil) != (tt.want == "") || err != nil && !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", name, err, tt.want)
		}
	}
}

// formats are the formats with all extensions.
var formats = map[string]Format{
	"oas30 JSON":   {Host: "a.example.com", Stage: "prod", Extensions: true},
	"oas30 YAML":   {Host: "a.example.com", Stage: "prod", Extensions: true, YAML: true},
	"swagger JSON": {Host: "a.example.com", Stage: "prod", Extensions: true, Swagger: true},
	"swagger YAML": {Host: "a.example.com", Stage: "prod", Extensions: true, Swagger: true, YAML: true},
}

// TestWrite holds that what is written reads back as what was read.
func TestWrite(t *testing.T) {
	want, _, err := Read([]byte(petStore), Ignore)
	if err != nil {
		t.Fatal(err)
	}
	for name, format := range formats {
		got, found, err := Read(Write(want, format), Ignore)
		if err != nil || len(found.Errors)+len(found.Warnings) > 0 {
			t.Errorf("%s: %+v, %v", name, found, err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	plain := string(Write(want, Format{}))
	if strings.Contains(strings.ReplaceAll(plain, anyMethod, ""), extension) {
		t.Errorf("without extensions:\n%s", plain)
	}
	integrations := string(Write(want, Format{Integrations: true}))
	if !strings.Contains(integrations, extension+"integration") || strings.Contains(integrations, extension+"gateway-responses") {
		t.Errorf("with the extensions of integrations:\n%s", integrations)
	}
}

// FuzzDefinition holds that any text is read or refused, and that what is written of it is a definition that is written the same again.
func FuzzDefinition(f *testing.F) {
	f.Add([]byte(petStore))
	f.Add([]byte(`{"swagger":"2.0","info":{"title":"t","version":"1"},"basePath":"/a","paths":{"/b":{"get":{"security":[{"k":[]}]}}},"securityDefinitions":{"k":{"type":"apiKey","name":"x-api-key"}}}`))
	f.Add([]byte("openapi: 3.1.0\ninfo: {title: t}\nx-amazon-apigateway-policy: {a: [1, null]}\npaths: {'/{a}': {$ref: '#/paths/~1{a}'}}"))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, found, err := Read(text, Prepend)
		if err != nil || len(found.Errors) > 0 {
			return
		}
		for name, format := range formats {
			once := Write(d, format)
			again, found, err := Read(once, Ignore)
			if err != nil || len(found.Errors) > 0 {
				t.Fatalf("%s: what was written does not read: %+v, %v\n%s", name, found, err, once)
			}
			if twice := Write(again, format); string(twice) != string(once) {
				t.Errorf("%s: once:\n%s\ntwice:\n%s", name, once, twice)
			}
		}
	})
}
