// SPDX-License-Identifier: Apache-2.0

// Package sam imports templates of AWS SAM: CloudFormation with resources that stand for several.
package sam

import (
	"strings"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/cloudformation"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/restapi"
	"gatewayresponses/internal/convert/tree"
)

// kind is the name of the format.
const kind = "sam"

// Format is the format.
var Format = convert.Format{
	Name:      kind,
	About:     "templates of AWS SAM, Globals included",
	Recognise: func(s *convert.Source) bool { return s.Any(isTemplate) },
	Import: func(source *convert.Source, options convert.Options) (*convert.Result, error) {
		return cloudformation.Import(kind, source, options, read)
	},
}

// implicit is the logical id of the API that SAM makes for functions that name none.
const implicit = "ServerlessRestApi"

// isTemplate reports whether a document is a template that SAM transforms: it says so, or it has resources of SAM.
func isTemplate(document *tree.Node) bool {
	transforms := document.Get("Transform")
	for _, transform := range append(transforms.List(), transforms) {
		if transform.Value() == "AWS::Serverless-2016-10-31" {
			return document.Get("Resources") != nil
		}
	}
	resources, _ := document.Get("Resources").Last()
	for _, r := range resources {
		if strings.HasPrefix(r.Value.Get("Type").Value(), "AWS::Serverless::") {
			return true
		}
	}
	return false
}

// maxMerged is how many values of the globals all APIs together may be given. Each API has them all, and a template of AWS has
// 500 resources.
const maxMerged = 1 << 18

// template is a template with what SAM adds.
type template struct {
	*cloudformation.Template
	// globals are what all APIs have.
	globals *tree.Node
	// merged is how many values of the globals APIs may still be given.
	merged int
	// explicit and called count the APIs of the template, and the events that call the implicit one.
	explicit, called int
}

// read reads the resources of SAM.
func read(t *cloudformation.Template, resources []cloudformation.Resource) {
	s := &template{Template: t, globals: t.Value(t.Root().Get("Globals", "Api")), merged: maxMerged}
	size := s.globals.Size()
	for _, r := range resources {
		switch r.Type {
		case "AWS::Serverless::Api":
			s.explicit++
			api, properties := t.APIOf(r), t.Value(r.Properties)
			if s.merged -= size; s.merged >= 0 {
				properties = merge(s.globals, properties)
			} else {
				api.Lose(r.Place, r.Path, "it is read without the globals, which the APIs in front of it have %d values of", maxMerged)
			}
			s.api(api, properties, r.Place, r.Path)
		case "AWS::Serverless::Function", "AWS::Serverless::StateMachine":
			s.function(r)
		}
	}
	if s.called > 0 || s.explicit == 0 && s.globals != nil {
		at := t.Root().Place
		if s.globals != nil {
			at = s.globals.Place
		}
		s.api(t.APIOf(cloudformation.Resource{ID: implicit, Place: at}), s.globals, at, "Globals.Api")
	}
}

// merge is what SAM makes of the globals and the properties of a resource: objects are merged, lists joined, and of other values
// that of the resource counts.
// Source: https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html
func merge(global, own *tree.Node) *tree.Node {
	switch {
	case own == nil:
		return global
	case global.Is(tree.List) && own.Kind == tree.List:
		return &tree.Node{Kind: tree.List, Place: own.Place, Elements: append(global.Elements[:len(global.Elements):len(global.Elements)], own.Elements...)}
	case !global.Is(tree.Object) || own.Kind != tree.Object:
		return own
	}
	made := &tree.Node{Kind: tree.Object, Place: own.Place}
	for _, m := range global.Members {
		if own.Get(m.Key) == nil {
			made.Members = append(made.Members, m)
		}
	}
	for _, m := range own.Members {
		m.Value = merge(global.Get(m.Key), m.Value)
		made.Members = append(made.Members, m)
	}
	return made
}

// api reads the properties of an API.
func (s *template) api(api *restapi.API, p *tree.Node, at tree.Place, path string) {
	api.Declared = true
	if name := p.Get("Name").Value(); name != "" {
		api.Name = name
	}
	if body := p.Get("DefinitionBody"); body != nil {
		s.Definition(api, body, path+".DefinitionBody")
	} else {
		s.Raise(restapi.EveryAPI, at)
	}
	if uri := p.Get("DefinitionUri"); uri != nil {
		api.Lose(uri.Place, path+".DefinitionUri", "the definition is in another file; import that, too")
	}
	openapi.Responses(api, p.Get("GatewayResponses"), path+".GatewayResponses")
	if stage := p.Get("StageName").Value(); stage != "" || p.Get("Variables") != nil {
		api.AddStage(stage, p.Get("Variables"), path+".Variables")
	}
	s.auth(p.Get("Auth"))
	s.Throttling(p.Get("MethodSettings"))
	if domain := p.Get("Domain"); domain != nil {
		s.domain(api, domain)
	}
	if off := p.Get("DisableExecuteApiEndpoint"); off.True() {
		s.Raise(restapi.NoEndpoint, off.Place)
	}
}

// auth reads how an API, or one event of a function, tells its clients apart.
func (s *template) auth(auth *tree.Node) {
	if auth == nil {
		return
	}
	if authorizer := auth.Get("DefaultAuthorizer"); authorizer.Value() == "AWS_IAM" {
		s.Raise(restapi.IAM, authorizer.Place)
	}
	if authorizer := auth.Get("Authorizer"); authorizer.Value() == "AWS_IAM" {
		s.Raise(restapi.IAM, authorizer.Place)
	}
	authorizers, _ := auth.Get("Authorizers").Last()
	for _, m := range authorizers {
		if m.Value.Get("UserPoolArn") != nil {
			s.Raise(restapi.UserPool, m.Place)
		} else {
			s.Raise(restapi.Authorizer, m.Place)
		}
	}
	if key := auth.Get("ApiKeyRequired"); key.True() {
		s.Raise(restapi.APIKey, key.Place)
	}
	if policy := auth.Get("ResourcePolicy"); policy != nil {
		s.Raise(restapi.ResourcePolicy, policy.Place)
	}
	if limit := auth.Get("UsagePlan", "Throttle"); limit != nil {
		s.Raise(restapi.Throttle, limit.Place)
	}
	if quota := auth.Get("UsagePlan", "Quota"); quota != nil {
		s.Raise(restapi.Quota, quota.Place)
	}
}

func (s *template) domain(api *restapi.API, domain *tree.Node) {
	s.Raise(restapi.Domain, domain.Place)
	if tls := domain.Get("MutualTlsAuthentication"); tls != nil {
		s.Raise(restapi.MutualTLS, tls.Place)
	}
	name := domain.Get("DomainName").Value()
	if name == "" {
		return
	}
	paths := domain.Get("BasePath").List()
	if len(paths) == 0 {
		api.AddHost(name, "", domain.Place)
	}
	for _, path := range paths {
		api.AddHost(name, path.Value(), path.Place)
	}
}

// function reads the events of a function that are calls of an API.
func (s *template) function(r cloudformation.Resource) {
	events, _ := s.Property(r, "Events").Last()
	for _, m := range events {
		if m.Value.Get("Type").Value() != "Api" {
			continue
		}
		p := m.Value.Get("Properties")
		s.Raise(restapi.Integration, m.Place)
		s.Raise(restapi.DefaultTimeout, m.Place)
		s.auth(p.Get("Auth"))
		if s.Written(r, "Events").Get(m.Key).Get("Properties", "RestApiId") == nil {
			s.called++
		}
		if p.Get("RequestModel", "ValidateBody").True() {
			s.Raise(restapi.BodyValidator, m.Place)
		}
		if p.Get("RequestModel", "ValidateParameters").True() {
			s.Raise(restapi.ParameterValidator, m.Place)
		}
	}
}
