// SPDX-License-Identifier: Apache-2.0

package openapi

import (
	"strings"

	"gatewayresponses/internal/convert/restapi"
	"gatewayresponses/internal/convert/tree"
)

// Extensions of AWS that raise errors.
// Source: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
const (
	extensionPrefix = "x-amazon-apigateway-"
	anyMethod       = extensionPrefix + "any-method"
	authorizer      = extensionPrefix + "authorizer"
	authType        = extensionPrefix + "authtype"
	integration     = extensionPrefix + "integration"
	policy          = extensionPrefix + "policy"
	endpoint        = extensionPrefix + "endpoint-configuration"
	validator       = extensionPrefix + "request-validator"
	validators      = extensionPrefix + "request-validators"
)

var integrationKeys = restapi.IntegrationKeys{Type: "type", Passthrough: "passthroughBehavior", Templates: "requestTemplates", Timeout: "timeoutInMillis"}

// inventory finds what raises errors in a definition.
type inventory struct {
	apis *restapi.Collection
	root *tree.Node
	// path leads to the root.
	path string
	// seen are the path items, and the lists of schemes, that were looked at: many places may lead to one.
	seen map[*tree.Node]bool
}

// first reports whether a node is looked at for the first time.
func (v *inventory) first(n *tree.Node) bool {
	seen := v.seen[n]
	v.seen[n] = true
	return !seen
}

func (v *inventory) take() {
	v.apis.Raise(restapi.EveryAPI, v.root.Place)
	if p := v.root.Get(policy); p != nil {
		v.apis.Raise(restapi.ResourcePolicy, p.Place)
	}
	if off := v.root.Get(endpoint, "disableExecuteApiEndpoint"); off.True() {
		v.apis.Raise(restapi.NoEndpoint, off.Place)
	}
	for _, server := range v.root.Get("servers").List() {
		if off := server.Get(endpoint, "disableExecuteApiEndpoint"); off.True() {
			v.apis.Raise(restapi.NoEndpoint, off.Place)
		}
	}
	paths, _ := v.root.Get("paths").Last()
	for _, item := range paths {
		referred := v.resolve(item.Value)
		if !v.first(referred) {
			continue
		}
		methods, _ := referred.Last()
		for _, m := range methods {
			if isMethod(m.Key) && m.Value.Is(tree.Object) {
				v.operation(m)
			}
		}
	}
}

// isMethod reports whether a key of a path item is an operation.
func isMethod(key string) bool {
	switch key {
	case "get", "put", "post", "delete", "options", "head", "patch", "trace", anyMethod:
		return true
	}
	return false
}

// unescape reads a part of a JSON pointer (RFC 6901, section 4).
var unescape = strings.NewReplacer("~1", "/", "~0", "~")

// maxRef is the length of the longest $ref that is followed, in bytes.
const maxRef = 1024

// Resolve follows a $ref of n to another place of the definition, a few times at most: it may lead in a circle. What leads nowhere is nil.
func Resolve(root, n *tree.Node) *tree.Node {
	for range 8 {
		ref, local := strings.CutPrefix(n.Get("$ref").Value(), "#/")
		if !local || len(ref) > maxRef {
			return n
		}
		n = root
		for _, key := range strings.Split(ref, "/") {
			n = n.Get(unescape.Replace(key))
		}
	}
	return n
}

func (v *inventory) resolve(n *tree.Node) *tree.Node { return Resolve(v.root, n) }

// operation finds what one method of one path raises.
func (v *inventory) operation(m tree.Member) {
	if misplaced := m.Value.Get(Extension); misplaced != nil {
		v.apis.Lose(misplaced.Place, v.path+m.Key+"."+Extension, "the extension stands in an operation; AWS reads it at the root only")
	}
	v.apis.Integrate(v.resolve(m.Value.Get(integration)), integrationKeys)
	v.validation(m)
	v.security(m)
}

// validation looks up the validator of an operation, or the one of all.
func (v *inventory) validation(m tree.Member) {
	named := m.Value.Get(validator)
	if named == nil {
		named = v.root.Get(validator)
	}
	chosen := v.root.Get(validators, named.Value())
	if chosen.Get("validateRequestBody").True() && v.hasBody(m.Value) {
		v.apis.Raise(restapi.BodyValidator, m.Place)
	}
	if chosen.Get("validateRequestParameters").True() && v.needsParameters(m.Value) {
		v.apis.Raise(restapi.ParameterValidator, m.Place)
	}
}

func (v *inventory) hasBody(operation *tree.Node) bool {
	return operation.Get("requestBody") != nil || v.anyParameter(operation, func(p *tree.Node) bool { return p.Get("in").Value() == "body" })
}

func (v *inventory) needsParameters(operation *tree.Node) bool {
	return v.anyParameter(operation, func(p *tree.Node) bool { return p.Get("in").Value() != "body" && p.Get("required").True() })
}

func (v *inventory) anyParameter(operation *tree.Node, is func(*tree.Node) bool) bool {
	for _, p := range operation.Get("parameters").List() {
		if is(v.resolve(p)) {
			return true
		}
	}
	return false
}

// security looks up the schemes that an operation wants, or those of all.
func (v *inventory) security(m tree.Member) {
	wanted := m.Value.Get("security")
	if wanted == nil {
		wanted = v.root.Get("security")
	}
	if !v.first(wanted) {
		return
	}
	for _, alternative := range wanted.List() {
		for _, name := range alternative.Members {
			scheme := v.root.Get("securityDefinitions", name.Key)
			if scheme == nil {
				scheme = v.resolve(v.root.Get("components", "securitySchemes", name.Key))
			}
			if f, ok := schemeFeature(scheme); ok {
				v.apis.Raise(f, name.Place)
			}
		}
	}
}

// schemeFeature is what a security scheme is on AWS.
func schemeFeature(scheme *tree.Node) (f restapi.Feature, ok bool) {
	kind := strings.ToLower(scheme.Get(authorizer, "type").Value())
	switch auth := strings.ToLower(scheme.Get(authType).Value()); {
	case scheme == nil:
		return f, false
	case kind == "token", kind == "request", auth == "custom" && kind == "":
		return restapi.Authorizer, true
	case kind == "cognito_user_pools", kind == "jwt", auth == "cognito_user_pools":
		return restapi.UserPool, true
	case auth == "awssigv4":
		return restapi.IAM, true
	case scheme.Get("type").Value() == "apiKey" && strings.EqualFold(scheme.Get("name").Value(), "x-api-key"):
		return restapi.APIKey, true
	}
	return f, false
}
