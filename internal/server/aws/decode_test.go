// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
)

// decoded makes an input of a request.
func decoded[In any](m message) (In, error) { return decode[In](formOf[In](), m) }

func pointer[T any](v T) *T { return &v }

func TestDecodeBody(t *testing.T) {
	got, err := decoded[apigateway.PutGatewayResponseInput](message{
		path: map[string]string{"restapi_id": "a1", "response_type": "THROTTLED"},
		body: []byte(`{"statusCode":"429","responseParameters":{"gatewayresponse.header.x":"'1'"},"restApiId":"no","RestAPIID":"no","unknown":[1]}`),
	})
	want := apigateway.PutGatewayResponseInput{RestAPIID: "a1", ResponseType: "THROTTLED", StatusCode: pointer("429"), ResponseParameters: map[string]string{"gatewayresponse.header.x": "'1'"}}
	if err != nil || !cmp.Equal(got, want) {
		t.Errorf("got %+v, %v, want %+v", got, err, want)
	}
}

func TestDecodeQuery(t *testing.T) {
	query := url.Values{"failonwarnings": {"true"}, "basepath": {"prepend"}, "X-Amz-Date": {"20260101T000000Z"}}
	imported, err := decoded[apigateway.ImportRestAPIInput](message{query: query, body: []byte("swagger: '2.0'")})
	if want := (apigateway.ImportRestAPIInput{FailOnWarnings: true, Parameters: map[string]string{"basepath": "prepend"}, Body: []byte("swagger: '2.0'")}); err != nil || !cmp.Equal(imported, want) {
		t.Errorf("got %+v, %v, want %+v", imported, err, want)
	}
	resources, err := decoded[apigateway.GetResourcesInput](message{query: url.Values{"embed": {"methods", "x"}, "limit": {"20"}, "position": {"p"}}, path: map[string]string{"restapi_id": "a"}})
	if want := (apigateway.GetResourcesInput{RestAPIID: "a", Position: "p", Limit: 20, Embed: []string{"methods", "x"}}); err != nil || !cmp.Equal(resources, want) {
		t.Errorf("got %+v, %v, want %+v", resources, err, want)
	}
	export, err := decoded[apigateway.GetExportInput](message{header: http.Header{"Accept": {"application/yaml"}}})
	if err != nil || export.Accepts != "application/yaml" {
		t.Errorf("got %+v, %v, want what the header Accept says", export, err)
	}
}

func TestDecodeErrors(t *testing.T) {
	for _, test := range []struct{ body, message string }{
		{`{"statusCode":429}`, `the body has a number at "/statusCode"; it should be a string`},
		{`{"responseTemplates":{"text/html":["x"]}}`, `the body has an array at "/responseTemplates/text~1html"; it should be a string`},
		{`{"responseParameters":"x"}`, `the body has a string at "/responseParameters"; it should be an object`},
		{`[]`, `the body has an array at "/"; it should be an object`},
		{`{"statusCode":"429"`, `the body is not JSON: unexpected EOF`},
		{`{"statusCode":"429","statusCode":"430"}`, `the body is not JSON: duplicate object member name "statusCode"`},
		{"{\"statusCode\":\"\xff\"}", `the body is not JSON: invalid UTF-8`},
		{`{} {}`, `the body is not JSON: invalid character '{' after top-level value`},
		{strings.Repeat(`{"x":`, 20000), `the body is not JSON: exceeded max depth`},
	} {
		_, err := decoded[apigateway.PutGatewayResponseInput](message{body: []byte(test.body)})
		var known *apigateway.Error
		if !errors.As(err, &known) || known.Type != "SerializationException" || known.Status != http.StatusBadRequest || !strings.HasPrefix(known.Message, test.message) {
			t.Errorf("%.40s: got %v, want %q", test.body, err, test.message)
		}
	}
	for name, query := range map[string]url.Values{"limit": {"limit": {"x"}}, "a huge limit": {"limit": {"99999999999999999999"}}, "no limit": {"limit": {""}}} {
		if _, err := decoded[apigateway.GetRestAPIsInput](message{query: query}); err == nil {
			t.Errorf("%s: %v is taken", name, query)
		}
	}
	if _, err := decoded[apigateway.ImportRestAPIInput](message{query: url.Values{"failonwarnings": {"yes"}}}); err == nil {
		t.Error("failonwarnings=yes is taken")
	}
}

// FuzzDecode holds that a body is taken, or refused in AWS's words.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{`{"patchOperations":[{"op":"replace","path":"/statusCode","value":"1"}]}`, `{"patchOperations":null}`, `[1,2`, `{"patchOperations":[{"op":1}]}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		_, err := decoded[apigateway.UpdateGatewayResponseInput](message{body: body})
		var known *apigateway.Error
		if err != nil && (!errors.As(err, &known) || known.Status != http.StatusBadRequest || known.Message == "") {
			t.Errorf("%q: %v is no answer of AWS's", body, err)
		}
	})
}
