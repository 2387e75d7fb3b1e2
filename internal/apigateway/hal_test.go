// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"encoding/json"
	"slices"
	"testing"
)

// operation finds an operation by its name.
func operation(t *testing.T, name string) Operation {
	t.Helper()
	i := slices.IndexFunc(Operations, func(o Operation) bool { return o.Name == name })
	if i < 0 {
		t.Fatalf("no operation %s", name)
	}
	return Operations[i]
}

// TestHAL holds the links of each kind of outputs.
func TestHAL(t *testing.T) {
	const (
		base   = `/restapis/o81lxisefl/gatewayresponses`
		curies = `"curies":{"href":"http://docs.aws.amazon.com/apigateway/latest/developerguide/restapi-gatewayresponse-{rel}.html","name":"gatewayresponse","templated":true}`
		put    = `"gatewayresponse:put":{"href":"` + base + `/{response_type}","templated":true}`
	)
	own := GatewayResponse{ResponseType: "THROTTLED", StatusCode: "429"}
	for _, test := range []struct {
		name, operation, path string
		output                any
		want                  string
	}{
		{
			"customised", "GetGatewayResponse", base + "/THROTTLED", own,
			`{"_links":{` + curies + `,"gatewayresponse:delete":{"href":"` + base + `/THROTTLED"},` + put + `,"gatewayresponse:update":{"href":"` + base + `/THROTTLED"},"self":{"href":"` + base + `/THROTTLED"}},` +
				`"defaultResponse":false,"responseParameters":{},"responseTemplates":{},"responseType":"THROTTLED","statusCode":"429"}`,
		},
		{
			"list", "GetGatewayResponses", base,
			GatewayResponses{Items: List[GatewayResponse]{{ResponseType: "DEFAULT_4XX", DefaultResponse: true}}},
			`{"_embedded":{"item":[{"_links":{` + put + `,"gatewayresponse:update":{"href":"` + base + `/DEFAULT_4XX"},"self":{"href":"` + base + `/DEFAULT_4XX"}},"defaultResponse":true,"responseParameters":{},"responseTemplates":{},"responseType":"DEFAULT_4XX"}]},` +
				`"_links":{` + curies + `,"first":{"href":"` + base + `"},"gatewayresponse:by-type":{"href":"` + base + `/{response_type}","templated":true},"item":[{"href":"` + base + `/DEFAULT_4XX"}],"self":{"href":"` + base + `"}}}`,
		},
		{
			"created in a collection", "CreateDeployment", "/restapis/a/deployments",
			Deployment{ID: "d"},
			`{"_links":{"curies":{"href":"http://docs.aws.amazon.com/apigateway/latest/developerguide/restapi-deployment-{rel}.html","name":"deployment","templated":true},"deployment:delete":{"href":"/restapis/a/deployments/d"},"deployment:update":{"href":"/restapis/a/deployments/d"},"self":{"href":"/restapis/a/deployments/d"}},"id":"d"}`,
		},
		{
			"created under another", "CreateResource", "/restapis/a/resources/parent",
			Resource{ID: "r"},
			`{"_links":{"curies":{"href":"http://docs.aws.amazon.com/apigateway/latest/developerguide/restapi-resource-{rel}.html","name":"resource","templated":true},"resource:delete":{"href":"/restapis/a/resources/r"},"resource:update":{"href":"/restapis/a/resources/r"},"self":{"href":"/restapis/a/resources/r"}},"id":"r"}`,
		},
		{
			"next page", "GetUsagePlans", "/usageplans",
			UsagePlans{Position: "a&b"},
			`{"_embedded":{"item":[]},"_links":{"curies":{"href":"http://docs.aws.amazon.com/apigateway/latest/developerguide/restapi-usageplan-{rel}.html","name":"usageplan","templated":true},"first":{"href":"/usageplans"},"item":[],"next":{"href":"/usageplans?position=a%26b"},"self":{"href":"/usageplans"},"usageplan:by-id":{"href":"/usageplans/{usageplan_id}","templated":true}}}`,
		},
		{"part of a method", "GetMethodResponse", "/restapis/a/resources/r/methods/GET/responses/200", MethodResponse{StatusCode: "200"}, `{"_links":{"self":{"href":"/restapis/a/resources/r/methods/GET/responses/200"}},"statusCode":"200"}`},
		{"account", "GetAccount", "/account", Account{APIKeyVersion: "4"}, `{"_links":{"self":{"href":"/account"}},"apiKeyVersion":"4"}`},
		{"nothing", "DeleteStage", "/restapis/a/stages/s", Empty{}, `{}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := HAL(operation(t, test.operation), test.path, test.output)
			if err != nil {
				t.Fatal(err)
			}
			if text := shown(t, got); text != test.want {
				t.Errorf("got  %s\nwant %s", text, test.want)
			}
		})
	}
}

// TestHALOfAll holds that every operation has a self link, and keeps the members of its output.
func TestHALOfAll(t *testing.T) {
	for _, o := range Operations {
		got, err := HAL(o, "/requested", map[string]any{"some": "member"})
		if err != nil {
			t.Fatalf("%s: %v", o.Name, err)
		}
		var object struct {
			Links struct{ Self halLink } `json:"_links"`
			Some  string
		}
		if err := json.Unmarshal([]byte(shown(t, got)), &object); err != nil || object.Links.Self.Href == "" || object.Some != "member" {
			t.Errorf("%s: %s", o.Name, shown(t, got))
		}
	}
}
