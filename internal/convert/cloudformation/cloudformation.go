// SPDX-License-Identifier: Apache-2.0

package cloudformation

import (
	"strings"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/restapi"
	"gatewayresponses/internal/convert/tree"
)

// kind is the name of the format.
const kind = "cloudformation"

// Format is the format.
var Format = convert.Format{
	Name:      kind,
	About:     "CloudFormation templates, and cdk.out with the templates of the CDK",
	Recognise: func(s *convert.Source) bool { return s.Any(isTemplate) },
	Import: func(source *convert.Source, options convert.Options) (*convert.Result, error) {
		return Import(kind, source, options, nil)
	},
}

// Import reads all templates of a source, which are of the format called kind. more reads what a template has beside the resources
// of CloudFormation itself.
func Import(kind string, source *convert.Source, options convert.Options, more func(*Template, []Resource)) (*convert.Result, error) {
	templates, err := source.Of(kind, isTemplate) // cdk.out holds a manifest and other files as well
	if err != nil {
		return nil, err
	}
	apis := restapi.NewCollection()
	prefix := ""
	for _, document := range templates {
		t := newTemplate(document, apis, prefix, options)
		resources := t.Resources()
		for _, r := range resources {
			if read := readers[r.Type]; read != nil {
				read(t, r)
			}
		}
		if more != nil {
			more(t, resources)
		}
		prefix = document.Place.Finding().File + " "
	}
	return apis.Result(options)
}

// readers read the resources that customise errors, or raise them.
// Source: https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGateway.html
var readers = map[string]func(*Template, Resource){
	"AWS::ApiGateway::RestApi":            (*Template).restAPI,
	"AWS::ApiGateway::GatewayResponse":    (*Template).gatewayResponse,
	"AWS::ApiGateway::Stage":              (*Template).stage,
	"AWS::ApiGateway::Deployment":         (*Template).deployment,
	"AWS::ApiGateway::Method":             (*Template).method,
	"AWS::ApiGateway::Authorizer":         (*Template).authorizer,
	"AWS::ApiGateway::UsagePlan":          (*Template).usagePlan,
	"AWS::ApiGateway::DomainName":         (*Template).domainName,
	"AWS::ApiGateway::BasePathMapping":    (*Template).basePathMapping,
	"AWS::CloudFormation::Stack":          (*Template).nested,
	"AWS::Serverless::Application":        (*Template).nested,
	"AWS::WAFv2::WebACLAssociation":       (*Template).firewall,
	"AWS::WAFRegional::WebACLAssociation": (*Template).firewall,
}

// nested is a stack within the stack.
func (t *Template) nested(r Resource) {
	t.apis.Lose(r.Place, "Resources."+r.ID, "the nested stack has a template of its own; import that, too")
}

func (t *Template) restAPI(r Resource) {
	api := t.APIOf(r)
	api.Declared = true
	if name := t.Property(r, "Name").Value(); name != "" {
		api.Name = name
	}
	if body := t.Property(r, "Body"); body != nil {
		t.Definition(api, body, r.Path+".Body")
	} else {
		t.Raise(restapi.EveryAPI, r.Place)
	}
	if s3 := t.Property(r, "BodyS3Location"); s3 != nil {
		api.Lose(s3.Place, r.Path+".BodyS3Location", "the definition is in S3 and not in the template; import that file, too")
	}
	if policy := t.Property(r, "Policy"); policy != nil {
		t.Raise(restapi.ResourcePolicy, policy.Place)
	}
	if off := t.Property(r, "DisableExecuteApiEndpoint"); off.True() {
		t.Raise(restapi.NoEndpoint, off.Place)
	}
}

// Definition reads an OpenAPI definition in the template, which path leads to.
func (t *Template) Definition(api *restapi.API, body *tree.Node, path string) {
	switch body.Kind {
	case tree.Unknown:
		api.Lose(body.Place, path, "the definition is not read: %s", body.Text)
	case tree.String:
		openapi.DefinitionText(t.apis, api, body, path)
	default:
		openapi.Definition(t.apis, api, body, path+".")
	}
}

// APIOf is the API that a resource makes.
func (t *Template) APIOf(r Resource) *restapi.API { return t.apis.API(t.prefix+r.ID, r.ID, r.Place) }

func (t *Template) gatewayResponse(r Resource) {
	api := t.API(t.Written(r, "RestApiId"), r.Place)
	responseType := t.Property(r, "ResponseType")
	if responseType.Value() == "" {
		why := "it has no ResponseType"
		if responseType.Is(tree.Unknown) {
			why = responseType.Text
		}
		api.Lose(r.Place, r.Path+".ResponseType", "the gateway response is not carried over: %s", why)
		return
	}
	at := r.Place
	if responseType != nil {
		at = responseType.Place
	}
	api.Respond(responseType.Value(), at, r.Path, t.Value(r.Properties), "RestApiId", "ResponseType")
}

func (t *Template) stage(r Resource) {
	api := t.API(t.Written(r, "RestApiId"), r.Place)
	api.AddStage(t.Property(r, "StageName").Value(), t.Property(r, "Variables"), r.Path+".Variables")
	t.Throttling(t.Property(r, "MethodSettings"))
}

// deployment may make a stage, too.
func (t *Template) deployment(r Resource) {
	name := t.Property(r, "StageName").Value()
	if name == "" {
		return
	}
	description := t.Property(r, "StageDescription")
	t.API(t.Written(r, "RestApiId"), r.Place).AddStage(name, description.Get("Variables"), r.Path+".StageDescription.Variables")
	t.Throttling(description.Get("MethodSettings"))
	for _, key := range []string{"ThrottlingRateLimit", "ThrottlingBurstLimit"} {
		if limit := description.Get(key); limit != nil {
			t.Raise(restapi.Throttle, limit.Place)
			return
		}
	}
}

// Throttling finds limits in settings of methods.
func (t *Template) Throttling(settings *tree.Node) {
	for _, s := range settings.List() {
		if s.Get("ThrottlingRateLimit") != nil || s.Get("ThrottlingBurstLimit") != nil {
			t.Raise(restapi.Throttle, s.Place)
		}
	}
}

var integrationKeys = restapi.IntegrationKeys{Type: "Type", Passthrough: "PassthroughBehavior", Templates: "RequestTemplates", Timeout: "TimeoutInMillis"}

func (t *Template) method(r Resource) {
	if kind := t.Property(r, "AuthorizationType"); kind.Value() == "AWS_IAM" {
		t.Raise(restapi.IAM, kind.Place)
	}
	if key := t.Property(r, "ApiKeyRequired"); key.True() {
		t.Raise(restapi.APIKey, key.Place)
	}
	if integration := t.Property(r, "Integration"); integration != nil {
		t.apis.Integrate(integration, integrationKeys)
	}
	id := target(t.Written(r, "RequestValidatorId"))
	validator := t.root.Get("Resources", id, "Properties")
	if on := t.Value(validator.Get("ValidateRequestBody")); on.True() && t.Property(r, "RequestModels") != nil {
		t.Raise(restapi.BodyValidator, r.Place)
	}
	if on := t.Value(validator.Get("ValidateRequestParameters")); on.True() && t.Property(r, "RequestParameters") != nil {
		t.Raise(restapi.ParameterValidator, r.Place)
	}
}

func (t *Template) authorizer(r Resource) {
	t.apis.Authorize(t.Property(r, "Type").Value(), r.Place)
}

func (t *Template) usagePlan(r Resource) {
	if limit := t.Property(r, "Throttle"); limit != nil {
		t.Raise(restapi.Throttle, limit.Place)
	}
	if quota := t.Property(r, "Quota"); quota != nil {
		t.Raise(restapi.Quota, quota.Place)
	}
	for _, stage := range t.Property(r, "ApiStages").List() {
		if limit := stage.Get("Throttle"); limit != nil {
			t.Raise(restapi.Throttle, limit.Place)
		}
	}
}

func (t *Template) domainName(r Resource) {
	t.Raise(restapi.Domain, r.Place)
	if tls := t.Property(r, "MutualTlsAuthentication"); tls != nil {
		t.Raise(restapi.MutualTLS, tls.Place)
	}
}

// basePathMapping says where an API is on a domain.
func (t *Template) basePathMapping(r Resource) {
	domain := t.Property(r, "DomainName")
	if id := target(t.Written(r, "DomainName")); t.root.Get("Resources", id) != nil {
		domain = t.Value(t.root.Get("Resources", id, "Properties", "DomainName"))
	}
	if domain.Value() != "" {
		t.API(t.Written(r, "RestApiId"), r.Place).AddHost(domain.Value(), t.Property(r, "BasePath").Value(), r.Place)
	}
}

// firewall notes a web ACL, unless it is in front of something else, such as a load balancer.
func (t *Template) firewall(r Resource) {
	arn := t.Written(r, "ResourceArn")
	kind := t.root.Get("Resources", target(arn), "Type").Value()
	known := t.Value(arn).Value()
	if kind != "" && !strings.HasPrefix(kind, "AWS::ApiGateway::") || known != "" && !strings.Contains(known, ":apigateway:") {
		return
	}
	t.Raise(restapi.WAF, r.Place)
}
