// SPDX-License-Identifier: Apache-2.0

package terraform

import (
	"strings"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/openapi"
	"gatewayresponses/internal/convert/restapi"
	"gatewayresponses/internal/convert/tree"
)

// kind is the name of the format.
const kind = "terraform"

// Format is the format.
var Format = convert.Format{
	Name:      kind,
	About:     "the output of terraform show -json for a plan or a state, or a state file",
	Recognise: func(s *convert.Source) bool { return s.Any(isTerraform) },
	Import:    importSource,
}

// isTerraform reports whether a document is a plan or a state.
func isTerraform(document *tree.Node) bool {
	return document.Get("terraform_version") != nil && (document.Get("format_version") != nil || document.Get("resources").Is(tree.List)) ||
		document.Get("planned_values", "root_module") != nil || document.Get("values", "root_module") != nil
}

func importSource(source *convert.Source, options convert.Options) (*convert.Result, error) {
	documents, err := source.Of(kind, isTerraform)
	if err != nil {
		return nil, err
	}
	apis := restapi.NewCollection()
	for _, document := range documents {
		newReader(document, apis).read()
	}
	return apis.Result(options)
}

// reader reads one plan or state.
type reader struct {
	apis      *restapi.Collection
	resources []resource
	// references are what the configuration says that the attributes of resources are made of, by the addresses without indexes.
	references map[string]*tree.Node
	// byID are the addresses of APIs by their identifiers, as far as these are known, and known those of all APIs.
	byID  map[string]string
	known map[string]bool
}

func newReader(document *tree.Node, apis *restapi.Collection) *reader {
	r := &reader{apis: apis, resources: resources(document), references: map[string]*tree.Node{}, byID: map[string]string{}, known: map[string]bool{}}
	r.configure(document.Get("configuration", "root_module"), "")
	for _, x := range r.resources {
		if x.kind != "aws_api_gateway_rest_api" {
			continue
		}
		r.known[x.address] = true
		if id := x.get("id").Value(); id != "" {
			r.byID[id] = x.address
		}
	}
	return r
}

// configure notes the references of a module's resources.
func (r *reader) configure(module *tree.Node, prefix string) {
	for _, x := range module.Get("resources").List() {
		r.references[prefix+x.Get("address").Value()] = x.Get("expressions")
	}
	calls, _ := module.Get("module_calls").Last()
	for _, call := range calls {
		r.configure(call.Value.Get("module"), prefix+"module."+call.Key+".")
	}
}

// read reads all resources.
func (r *reader) read() {
	for _, x := range r.resources {
		if read := readers[x.kind]; read != nil {
			read(r, x)
		}
	}
}

// api is the API that an attribute of a resource names: by its identifier, or by the resource that the configuration refers to.
func (r *reader) api(x resource, attribute string) *restapi.API {
	id := x.get(attribute).Value()
	if address, ok := r.byID[id]; ok {
		return r.apis.API(address, address, x.place)
	}
	if id != "" {
		api := r.apis.API(id, id, x.place)
		api.ID = id
		return api
	}
	prefix := x.address[:max(strings.LastIndex(x.address, x.kind+"."), 0)]
	for _, reference := range r.references[withoutIndexes(x.address)].Get(attribute, "references").List() {
		if address := prefix + strings.TrimSuffix(reference.Value(), ".id"); r.known[address] {
			return r.apis.API(address, address, x.place)
		}
	}
	if len(r.known) == 1 {
		for address := range r.known {
			return r.apis.API(address, address, x.place)
		}
	}
	return r.apis.API("api", "api", x.place)
}

// withoutIndexes is an address as the configuration has it: module.a["x"].b.c[0] is module.a.b.c.
func withoutIndexes(address string) string {
	var b strings.Builder
	for address != "" {
		before, after, found := strings.Cut(address, "[")
		b.WriteString(before)
		if !found {
			break
		}
		_, address, _ = strings.Cut(after, "]")
	}
	return b.String()
}

// readers read the resources that customise errors, or raise them.
// Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs
var readers = map[string]func(*reader, resource){
	"aws_api_gateway_rest_api":            (*reader).restAPI,
	"aws_api_gateway_rest_api_policy":     raising(restapi.ResourcePolicy),
	"aws_api_gateway_gateway_response":    (*reader).gatewayResponse,
	"aws_api_gateway_stage":               (*reader).stage,
	"aws_api_gateway_deployment":          (*reader).stage,
	"aws_api_gateway_method":              (*reader).method,
	"aws_api_gateway_method_settings":     (*reader).methodSettings,
	"aws_api_gateway_integration":         (*reader).integration,
	"aws_api_gateway_authorizer":          (*reader).authorizer,
	"aws_api_gateway_request_validator":   (*reader).validator,
	"aws_api_gateway_usage_plan":          (*reader).usagePlan,
	"aws_api_gateway_domain_name":         (*reader).domainName,
	"aws_api_gateway_base_path_mapping":   (*reader).basePathMapping,
	"aws_wafv2_web_acl_association":       (*reader).firewall,
	"aws_wafregional_web_acl_association": (*reader).firewall,
}

// raising notes a feature that a resource is.
func raising(f restapi.Feature) func(*reader, resource) {
	return func(r *reader, x resource) { r.apis.Raise(f, x.place) }
}

func (r *reader) restAPI(x resource) {
	api := r.apis.API(x.address, x.address, x.place)
	api.Declared = true
	if name := x.get("name").Value(); name != "" {
		api.Name = name
	}
	api.ID = x.get("id").Value()
	switch body := x.get("body"); {
	case body.Is(tree.Unknown):
		api.Lose(body.Place, x.address+".body", "the definition is not read: %s", body.Text)
		r.apis.Raise(restapi.EveryAPI, x.place)
	case body.Value() != "":
		openapi.DefinitionText(r.apis, api, body, x.address+".body")
	default:
		r.apis.Raise(restapi.EveryAPI, x.place)
	}
	if policy := x.get("policy"); policy.Value() != "" {
		r.apis.Raise(restapi.ResourcePolicy, policy.Place)
	}
	if off := x.get("disable_execute_api_endpoint"); off.True() {
		r.apis.Raise(restapi.NoEndpoint, off.Place)
	}
}

func (r *reader) gatewayResponse(x resource) {
	api := r.api(x, "rest_api_id")
	responseType := x.get("response_type")
	if responseType.Value() == "" {
		why := "it has no response_type"
		if responseType.Is(tree.Unknown) {
			why = responseType.Text
		}
		api.Lose(x.place, x.address+".response_type", "the gateway response is not carried over: %s", why)
		return
	}
	entry := &tree.Node{Kind: tree.Object, Place: x.place}
	for _, name := range []string{"status_code", "response_parameters", "response_templates"} {
		if value := x.get(name); value != nil {
			entry.Members = append(entry.Members, tree.Member{Key: name, Place: value.Place, Value: value})
		}
	}
	api.Respond(responseType.Value(), responseType.Place, x.address, entry)
}

func (r *reader) stage(x resource) {
	if name := x.get("stage_name"); name.Value() != "" {
		r.api(x, "rest_api_id").AddStage(name.Value(), x.get("variables"), x.address+".variables")
	}
}

func (r *reader) method(x resource) {
	if authorization := x.get("authorization"); authorization.Value() == "AWS_IAM" {
		r.apis.Raise(restapi.IAM, authorization.Place)
	}
	if key := x.get("api_key_required"); key.True() {
		r.apis.Raise(restapi.APIKey, key.Place)
	}
}

func (r *reader) methodSettings(x resource) {
	for _, settings := range x.get("settings").List() {
		for _, name := range []string{"throttling_rate_limit", "throttling_burst_limit"} {
			// -1 is the provider's word for no limit.
			if limit, ok := settings.Get(name).Scalar(); ok && !strings.HasPrefix(limit, "-") {
				r.apis.Raise(restapi.Throttle, settings.Place)
				break
			}
		}
	}
}

var integrationKeys = restapi.IntegrationKeys{Type: "type", Passthrough: "passthrough_behavior", Templates: "request_templates", Timeout: "timeout_milliseconds"}

func (r *reader) integration(x resource) {
	r.apis.Integrate(x.values, integrationKeys)
}

func (r *reader) authorizer(x resource) {
	kind := x.get("type").Value()
	if kind == "" {
		kind = "TOKEN"
	}
	r.apis.Authorize(kind, x.place)
}

func (r *reader) validator(x resource) {
	if on := x.get("validate_request_body"); on.True() {
		r.apis.Raise(restapi.BodyValidator, on.Place)
	}
	if on := x.get("validate_request_parameters"); on.True() {
		r.apis.Raise(restapi.ParameterValidator, on.Place)
	}
}

func (r *reader) usagePlan(x resource) {
	if limit := x.get("throttle_settings"); limit != nil {
		r.apis.Raise(restapi.Throttle, limit.Place)
	}
	if quota := x.get("quota_settings"); quota != nil {
		r.apis.Raise(restapi.Quota, quota.Place)
	}
}

func (r *reader) domainName(x resource) {
	r.apis.Raise(restapi.Domain, x.place)
	if tls := x.get("mutual_tls_authentication"); tls != nil {
		r.apis.Raise(restapi.MutualTLS, tls.Place)
	}
}

func (r *reader) basePathMapping(x resource) {
	if name := x.get("domain_name").Value(); name != "" {
		r.api(x, "api_id").AddHost(name, x.get("base_path").Value(), x.place)
	}
}

// firewall notes a web ACL, unless it is in front of something else, such as a load balancer.
func (r *reader) firewall(x resource) {
	if arn := x.get("resource_arn").Value(); arn == "" || strings.Contains(arn, ":apigateway:") {
		r.apis.Raise(restapi.WAF, x.place)
	}
}
