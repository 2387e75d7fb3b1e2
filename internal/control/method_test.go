// SPDX-License-Identifier: Apache-2.0

package control

import (
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/apigateway"
)

// method makes a method without authorization.
func (w *world) method(api, resource, name string) {
	w.Helper()
	none := "NONE"
	out, err := w.PutMethod(w.Context(), w.by, apigateway.PutMethodInput{RestAPIID: api, ResourceID: resource, HTTPMethod: name, AuthorizationType: &none})
	must(w, out, err)
}

func TestMethods(t *testing.T) {
	w := newWorld(t)
	api, root := w.root()
	none, iam, custom := "NONE", "AWS_IAM", "CUSTOM"
	put := func(resource, name, authorization string) (apigateway.Method, error) {
		return w.PutMethod(w.Context(), w.by, apigateway.PutMethodInput{RestAPIID: api, ResourceID: resource, HTTPMethod: name, AuthorizationType: &authorization})
	}
	const bare = `{"httpMethod":"ANY","authorizationType":"NONE","apiKeyRequired":false}`
	out, err := put(root, "ANY", none)
	w.shows(must(w, out, err), bare)
	_, err = put(root, "ANY", none)
	w.refused(err, "ConflictException: Method already exists for this resource")
	_, err = put("fake", "GET", none)
	w.refused(err, "NotFoundException: Invalid Resource identifier specified")
	_, err = put(root, "GET", custom)
	w.refused(err, "BadRequestException: Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.")
	_, err = put(root, "GET", iam)
	w.refused(err, "BadRequestException: authorizationType has no effect here: nobody checks who calls, so AWS_IAM lets everybody in; use Envoy's jwt_authn, ext_authz or rbac filter. A server that runs with --accept-without-effect stores it all the same.")
	w.options.AcceptWithoutEffect = true
	accepted, err := put(root, "GET", iam)
	must(w, accepted, err)

	read, err := w.GetMethod(w.Context(), w.by, apigateway.GetMethodInput{RestAPIID: api, ResourceID: root, HTTPMethod: "ANY"})
	w.shows(must(w, read, err), bare)
	changed, err := w.UpdateMethod(w.Context(), w.by, apigateway.UpdateMethodInput{RestAPIID: api, ResourceID: root, HTTPMethod: "ANY", PatchOperations: []apigateway.PatchOperation{{Op: "replace", Path: "/operationName", Value: "Any"}}})
	w.shows(must(w, changed, err), `{"httpMethod":"ANY","authorizationType":"NONE","apiKeyRequired":false,"operationName":"Any"}`)
	names, err := w.GetResource(w.Context(), w.by, apigateway.GetResourceInput{RestAPIID: api, ResourceID: root})
	w.shows(must(w, names, err), `{"id":"`+root+`","path":"/","resourceMethods":{"ANY":{},"GET":{}}}`)
	_, err = w.DeleteMethod(w.Context(), w.by, apigateway.DeleteMethodInput{RestAPIID: api, ResourceID: root, HTTPMethod: "ANY"})
	must(w, 0, err)
	_, err = w.DeleteMethod(w.Context(), w.by, apigateway.DeleteMethodInput{RestAPIID: api, ResourceID: root, HTTPMethod: "ANY"})
	w.refused(err, "NotFoundException: Invalid Method identifier specified")
	_, err = w.GetMethod(w.Context(), w.by, apigateway.GetMethodInput{RestAPIID: api, ResourceID: root, HTTPMethod: "ANY"})
	w.refused(err, "NotFoundException: Invalid Method identifier specified")
	embedded, err := w.GetResources(w.Context(), w.by, apigateway.GetResourcesInput{RestAPIID: api, Embed: []string{"methods"}})
	w.shows(must(w, embedded, err), `{"item":[{"id":"`+root+`","path":"/","resourceMethods":{"GET":{"httpMethod":"GET","authorizationType":"AWS_IAM","apiKeyRequired":false}}}]}`)
}

// TestMethodsTooLarge holds that a resource does not grow without end.
func TestMethodsTooLarge(t *testing.T) {
	w := newWorld(t)
	api, root := w.root()
	w.method(api, root, "GET")
	large := strings.Repeat("x", 400<<10)
	for i, want := range []string{"", "", "LimitExceededException: The resource / has 1229151 bytes with its methods, and 1048576 at most"} {
		_, err := w.PutMethodResponse(w.Context(), w.by, apigateway.PutMethodResponseInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET", StatusCode: strconv.Itoa(200 + i), ResponseModels: map[string]string{"application/json": large}})
		if want != "" {
			w.refused(err, want)
		} else {
			must(w, 0, err)
		}
	}
}

func TestMethodResponses(t *testing.T) {
	w := newWorld(t)
	api, root := w.root()
	w.method(api, root, "GET")
	put := func(method string) (apigateway.MethodResponse, error) {
		return w.PutMethodResponse(w.Context(), w.by, apigateway.PutMethodResponseInput{RestAPIID: api, ResourceID: root, HTTPMethod: method, StatusCode: "200", ResponseParameters: map[string]bool{}, ResponseModels: map[string]string{}})
	}
	update := func(status string, operations ...apigateway.PatchOperation) (apigateway.MethodResponse, error) {
		return w.UpdateMethodResponse(w.Context(), w.by, apigateway.UpdateMethodResponseInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET", StatusCode: status, PatchOperations: operations})
	}
	const empty = `{"statusCode":"200","responseParameters":{},"responseModels":{}}`
	out, err := put("GET")
	w.shows(must(w, out, err), empty)
	_, err = put("GET")
	w.refused(err, "ConflictException: Response already exists for this resource")
	_, err = put("POST")
	w.refused(err, "NotFoundException: Invalid Method identifier specified")
	read, err := w.GetMethodResponse(w.Context(), w.by, apigateway.GetMethodResponseInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET", StatusCode: "200"})
	w.shows(must(w, read, err), empty)
	changed, err := update("200", apigateway.PatchOperation{Op: "add", Path: "/responseModels/application~1json", Value: "Empty"})
	w.shows(must(w, changed, err), `{"statusCode":"200","responseParameters":{},"responseModels":{"application/json":"Empty"}}`)
	_, err = update("201")
	w.refused(err, "NotFoundException: Invalid Response status code specified")
	_, err = w.DeleteMethodResponse(w.Context(), w.by, apigateway.DeleteMethodResponseInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET", StatusCode: "200"})
	must(w, 0, err)
	_, err = w.DeleteMethodResponse(w.Context(), w.by, apigateway.DeleteMethodResponseInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET", StatusCode: "200"})
	w.refused(err, "NotFoundException: Invalid Response status code specified")
}

func TestIntegrations(t *testing.T) {
	w := newWorld(t)
	api, root := w.root()
	w.method(api, root, "GET")
	mock, pattern, next := "MOCK", "", "updated-pattern"
	put := func(method string) (apigateway.Integration, error) {
		return w.PutIntegration(w.Context(), w.by, apigateway.PutIntegrationInput{RestAPIID: api, ResourceID: root, HTTPMethod: method, Type: &mock})
	}
	respond := func(method string) (apigateway.IntegrationResponse, error) {
		return w.PutIntegrationResponse(w.Context(), w.by, apigateway.PutIntegrationResponseInput{RestAPIID: api, ResourceID: root, HTTPMethod: method, StatusCode: "200", SelectionPattern: &pattern, ResponseTemplates: map[string]string{"application/json": "", "text/plain": "created"}})
	}
	drop := func(method string) error {
		_, err := w.DeleteIntegrationResponse(w.Context(), w.by, apigateway.DeleteIntegrationResponseInput{RestAPIID: api, ResourceID: root, HTTPMethod: method, StatusCode: "200"})
		return err
	}
	get := apigateway.GetIntegrationInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET"}
	_, err := respond("GET")
	w.refused(err, "NotFoundException: Invalid Integration identifier specified")
	_, err = w.GetIntegration(w.Context(), w.by, get)
	w.refused(err, "NotFoundException: Invalid Integration identifier specified")
	_, err = put("POST")
	w.refused(err, "NotFoundException: Invalid Method identifier specified")
	members := `"type":"MOCK","passthroughBehavior":"WHEN_NO_MATCH","timeoutInMillis":29000,"cacheNamespace":"` + root + `","cacheKeyParameters":[]`
	out, err := put("GET")
	w.shows(must(w, out, err), `{`+members+`}`)
	made, err := respond("GET")
	w.shows(must(w, made, err), `{"statusCode":"200","selectionPattern":"","responseTemplates":{"application/json":null,"text/plain":"created"}}`)
	_, err = respond("POST")
	w.refused(err, "NotFoundException: Invalid Method identifier specified")
	changed, err := w.UpdateIntegrationResponse(w.Context(), w.by, apigateway.UpdateIntegrationResponseInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET", StatusCode: "200", PatchOperations: []apigateway.PatchOperation{{Op: "replace", Path: "/selectionPattern", Value: next}}})
	response := `{"statusCode":"200","selectionPattern":"updated-pattern","responseTemplates":{"application/json":null,"text/plain":"created"}}`
	w.shows(must(w, changed, err), response)
	read, err := w.GetIntegration(w.Context(), w.by, get)
	w.shows(must(w, read, err), `{`+members+`,"integrationResponses":{"200":`+response+`}}`)
	timeout, err := w.UpdateIntegration(w.Context(), w.by, apigateway.UpdateIntegrationInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET", PatchOperations: []apigateway.PatchOperation{{Op: "replace", Path: "/timeoutInMillis", Value: "100"}}})
	if must(w, timeout, err).TimeoutInMillis != 100 {
		t.Errorf("timeout %d", timeout.TimeoutInMillis)
	}
	one, err := w.GetIntegrationResponse(w.Context(), w.by, apigateway.GetIntegrationResponseInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET", StatusCode: "200"})
	w.shows(must(w, one, err), response)
	w.refused(drop("POST"), "NotFoundException: Invalid Integration identifier specified")
	must(w, 0, drop("GET"))
	w.refused(drop("GET"), "NotFoundException: Invalid Response status code specified")
	_, err = w.DeleteIntegration(w.Context(), w.by, apigateway.DeleteIntegrationInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET"})
	must(w, 0, err)
	_, err = w.DeleteIntegration(w.Context(), w.by, apigateway.DeleteIntegrationInput{RestAPIID: api, ResourceID: root, HTTPMethod: "GET"})
	w.refused(err, "NotFoundException: Invalid Integration identifier specified")
}
