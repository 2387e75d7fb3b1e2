// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// escape writes a text as a segment of a JSON pointer.
func escape(text string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(text)
}

// FuzzParsePointer holds that a path of escaped segments is read back to them, and that what is read can be written again.
func FuzzParsePointer(f *testing.F) {
	for _, seed := range []string{"", "/", "/a/b~1c", "/~0~1", "a", "/~2", "/responseTemplates/application~1json"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if segments, ok := parsePointer(path); ok {
			var again strings.Builder
			for _, segment := range segments {
				again.WriteString("/" + escape(segment))
			}
			if again.String() != path {
				t.Errorf("%q was read as %q, which is %q", path, segments, again.String())
			}
		}
		if segments, ok := parsePointer("/x/" + escape(path)); !ok || !slices.Equal(segments, []string{"x", path}) {
			t.Errorf("%q escaped was read as %q", path, segments)
		}
	})
}

// FuzzPatch holds of every shape that two operations, whatever they are, give an error of AWS or a value that JSON keeps, and leave the
// value before as it was.
func FuzzPatch(f *testing.F) {
	for _, seed := range [][2]PatchOperation{
		{op("replace", "/statusCode", "444"), op("add", "/responseParameters/gatewayresponse.header.A", "'a'")},
		{op("replace", "/~1a/GET/throttling/rateLimit", "1e400"), op("remove", "/*/*", "")},
		{op("replace", "/canarySettings/percentTraffic", "NaN"), op("copy", "/variables", "/canarySettings/stageVariableOverrides")},
		{op("add", "/binaryMediaTypes/a~1b", ""), op("replace", "/endpointConfiguration/types/0", "PRIVATE")},
		{op("replace", "/timeoutInMillis", "50"), op("add", "/requestParameters/method.request.path.a", "true")},
		{op("replace", "/mutualTlsAuthentication/truststoreUri", "s"), op("remove", "/cacheKeyParameters/k", "")},
	} {
		f.Add(seed[0].Op, seed[0].Path, seed[0].Value, seed[1].Op, seed[1].Path, seed[1].Value)
	}
	f.Fuzz(func(t *testing.T, op1, path1, value1, op2, path2, value2 string) {
		operations := []PatchOperation{op(op1, path1, value1), op(op2, path2, value2)}
		operations[1].From = value2
		for _, text := range []string{path1, value1, path2, value2} {
			if !utf8.ValidString(text) {
				return // JSON has none such
			}
		}
		pattern := "p"
		checkPatches(t, operations, PatchGatewayResponse, GatewayResponse{ResponseType: "UNAUTHORIZED", StatusCode: "401", ResponseParameters: Map[string]{"gatewayresponse.header.A": "'b'"}})
		checkPatches(t, operations, PatchRestAPI, RestAPI{Name: "n", BinaryMediaTypes: []string{"a/b"}, EndpointConfiguration: &EndpointConfiguration{Types: []string{"EDGE"}, IPAddressType: "ipv4"}})
		checkPatches(t, operations, PatchStage, Stage{StageName: "s", DeploymentID: "d", Variables: map[string]string{"a": "b"}, MethodSettings: Map[MethodSetting]{"*/*": {}}, CanarySettings: &CanarySettings{StageVariableOverrides: map[string]string{"a": "c"}}})
		checkPatches(t, operations, PatchDeployment, Deployment{ID: "d"})
		checkPatches(t, operations, PatchDomainName, DomainName{DomainName: "d", MutualTLSAuthentication: &MutualTLSAuthentication{TruststoreURI: "s"}})
		checkPatches(t, operations, PatchBasePathMapping, BasePathMapping{BasePath: "b"})
		checkPatches(t, operations, PatchResource, Resource{ID: "r", ParentID: "p", PathPart: "a"})
		checkPatches(t, operations, PatchMethod, Method{HTTPMethod: "GET", AuthorizationType: "NONE", RequestParameters: map[string]bool{"method.request.path.a": true}, AuthorizationScopes: []string{"s"}})
		checkPatches(t, operations, PatchMethodResponse, MethodResponse{StatusCode: "200", ResponseModels: map[string]string{"a/b": "c"}})
		checkPatches(t, operations, PatchIntegration, Integration{Type: "MOCK", TimeoutInMillis: 50, CacheKeyParameters: []string{"k"}, TLSConfig: &TLSConfig{}})
		checkPatches(t, operations, PatchIntegrationResponse, IntegrationResponse{StatusCode: "200", SelectionPattern: &pattern, ResponseTemplates: ResponseTemplates{"a/b": ""}})
	})
}

// checkPatches holds the laws of FuzzPatch for one shape.
func checkPatches[T any](t *testing.T, operations []PatchOperation, patch func(T, []PatchOperation) (T, error), before T) {
	t.Helper()
	original := shown(t, before)
	after, err := patch(before, operations)
	if now := shown(t, before); now != original {
		t.Errorf("%+v: the value before became %s", operations, now)
	}
	if err != nil {
		if _, ok := errors.AsType[*Error](err); !ok {
			t.Errorf("%+v: %v is no error of AWS", operations, err)
		}
		return
	}
	text := shown(t, after)
	var again T
	if err := json.Unmarshal([]byte(text), &again); err != nil {
		t.Fatalf("%+v: %v", operations, err)
	}
	if got := shown(t, again); got != text {
		t.Errorf("%+v: became %s, and read again %s", operations, text, got)
	}
}

// FuzzPatchThenGet holds that what a patch of a gateway response has set is there, and that a PUT would take the same.
func FuzzPatchThenGet(f *testing.F) {
	f.Add("application/xml", "<a/>", "gatewayresponse.header.A", "'a'", "404")
	f.Add("a/b", "x", "gatewayresponse.path.~a/b", "context.requestId", "599")
	f.Fuzz(func(t *testing.T, mediaType, template, target, source, status string) {
		after, err := PatchGatewayResponse(Uncustomised("THROTTLED"), []PatchOperation{
			op("add", "/responseTemplates/"+escape(mediaType), template), op("add", "/responseParameters/"+escape(target), source), op("replace", "/statusCode", status),
		})
		put := PutGatewayResponseInput{ResponseType: "THROTTLED", StatusCode: &status, ResponseParameters: map[string]string{target: source}, ResponseTemplates: map[string]string{mediaType: template}}
		if refused := put.Validate(); (err != nil) != (refused != nil) && template != "" && source != "" {
			t.Fatalf("a patch says %v, a PUT %v", err, refused)
		}
		if err != nil {
			return
		}
		got := Resolve("THROTTLED", map[string]GatewayResponse{"THROTTLED": after})
		if got.ResponseTemplates[mediaType] != template || got.ResponseParameters[target] != source || got.StatusCode != status || got.DefaultResponse {
			t.Errorf("got %+v", got)
		}
	})
}

// FuzzHAL holds that a list keeps its items, each with a link that leads to it, whatever they and the path are called.
func FuzzHAL(f *testing.F) {
	f.Add("/restapis/a/stages", "prod", "next")
	f.Add("/restapis/%20/stages?deploymentId=x", "a/b?c", "")
	f.Fuzz(func(t *testing.T, requested, name, position string) {
		if !utf8.ValidString(requested) || !utf8.ValidString(name) || !utf8.ValidString(position) {
			return // JSON has none such
		}
		got, err := HAL(operation(t, "GetDeployments"), requested, Deployments{Position: position, Items: List[Deployment]{{ID: name}}})
		if err != nil {
			t.Fatal(err)
		}
		var list struct {
			Links struct {
				Self, First, Next halLink
				Item              []halLink
			} `json:"_links"`
			Embedded struct{ Item []Deployment } `json:"_embedded"`
		}
		if err := json.Unmarshal([]byte(shown(t, got)), &list); err != nil {
			t.Fatal(err)
		}
		links := list.Links
		if links.Self.Href != requested || len(list.Embedded.Item) != 1 || list.Embedded.Item[0].ID != name || (links.Next.Href != "") != (position != "") {
			t.Errorf("%+v", list)
		}
		key, ok := strings.CutPrefix(links.Item[0].Href, links.First.Href+"/")
		if text, err := url.PathUnescape(key); !ok || err != nil || text != name || strings.ContainsAny(key, "/?#") {
			t.Errorf("%q is linked as %q", name, links.Item[0].Href)
		}
	})
}
