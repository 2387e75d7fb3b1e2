// SPDX-License-Identifier: Apache-2.0

package definition

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// locations are how parameters of a request are named, by where they stand.
var locations = map[string]string{"path": "path", "query": "querystring", "header": "header"}

// method reads an operation. shared are the parameters of all operations of the path.
func (r *reader) method(n, shared *tree.Node) apigateway.Method {
	method := apigateway.Method{AuthorizationType: "NONE", OperationName: r.text(n.Get("operationId"), "operationId")}
	r.parameters(&method, shared)
	r.parameters(&method, n.Get("parameters"))
	if n.Get("requestBody") != nil {
		r.models = true
	}
	r.methodResponses(&method, n.Get("responses"))
	r.security(&method, n.Get("security"))
	validator := n.Get(extension + "request-validator")
	if validator == nil {
		validator = r.root.Get(extension + "request-validator")
	}
	method.RequestValidatorID = validator.Value()
	if integration := r.resolve(n.Get(extension + "integration")); integration != nil {
		method.MethodIntegration = r.integration(integration)
	}
	return method
}

// parameters reads the parameters of a request.
func (r *reader) parameters(method *apigateway.Method, list *tree.Node) {
	for _, element := range list.List() {
		if !r.step() {
			return
		}
		p := r.resolve(element)
		in, name := p.Get("in").Value(), p.Get("name").Value()
		location := locations[in]
		switch {
		case in == "body", in == "formData":
			r.models = true
		case location == "" || name == "":
			r.warn(element.Place, "a parameter is dropped: it is called %s in %s, and API Gateway has those of path, query and header", quote.Text(name), quote.Text(in))
		default:
			if method.RequestParameters == nil {
				method.RequestParameters = map[string]bool{}
			}
			method.RequestParameters["method.request."+location+"."+name] = p.Get("required").True()
		}
	}
}

// methodResponses reads the replies of an operation.
func (r *reader) methodResponses(method *apigateway.Method, list *tree.Node) {
	members, _ := list.Last()
	for _, m := range members {
		if !r.step() {
			return
		}
		if status, err := strconv.Atoi(m.Key); err != nil || len(m.Key) != 3 || status < 100 || status > 599 {
			if !strings.HasPrefix(m.Key, "x-") {
				r.warn(m.Place, "the reply %s is dropped: API Gateway has replies by status only", quote.Text(m.Key))
			}
			continue
		}
		response := apigateway.MethodResponse{StatusCode: m.Key}
		headers, _ := r.resolve(m.Value).Get("headers").Last()
		for _, h := range headers {
			if !r.step() {
				return
			}
			if response.ResponseParameters == nil {
				response.ResponseParameters = map[string]bool{}
			}
			response.ResponseParameters["method.response.header."+h.Key] = false
		}
		if method.MethodResponses == nil {
			method.MethodResponses = map[string]apigateway.MethodResponse{}
		}
		method.MethodResponses[m.Key] = response
	}
}

// security reads which credentials an operation wants: those of its first alternative, as a method has one authorizer.
func (r *reader) security(method *apigateway.Method, alternatives *tree.Node) {
	list := alternatives.List()
	if len(list) == 0 {
		return
	}
	if len(list) > 1 {
		r.warn(list[1].Place, "an alternative of security is dropped: a method has one")
	}
	members, _ := list[0].Last()
	for _, m := range members {
		if !r.step() {
			return
		}
		scheme := r.root.Get("securityDefinitions", m.Key)
		if scheme == nil {
			scheme = r.resolve(r.root.Get("components", "securitySchemes", m.Key))
		}
		r.scheme(method, m, scheme)
	}
}

// scheme gives a method what a security scheme asks for.
func (r *reader) scheme(method *apigateway.Method, m tree.Member, scheme *tree.Node) {
	authType := strings.ToLower(scheme.Get(extension + "authtype").Value())
	switch kind := strings.ToLower(scheme.Get(extension+"authorizer", "type").Value()); {
	case authType == "awssigv4":
		method.AuthorizationType = "AWS_IAM"
	case kind == "cognito_user_pools", authType == "cognito_user_pools":
		method.AuthorizationType = "COGNITO_USER_POOLS"
		for _, scope := range m.Value.List() {
			if r.step() {
				method.AuthorizationScopes = append(method.AuthorizationScopes, scope.Value())
			}
		}
	case kind != "", authType == "custom":
		method.AuthorizationType = "CUSTOM"
	case scheme.Get("type").Value() == "apiKey" && strings.EqualFold(scheme.Get("name").Value(), "x-api-key"):
		method.APIKeyRequired = true
	default:
		r.warn(m.Place, "the security scheme %s is dropped: it is none that API Gateway carries out", quote.Text(m.Key))
	}
}
