// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"context"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	sdk "github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"

	"gatewayresponses/internal/apigateway"
)

// walk sends one request after the other, and notes which operations were carried out.
type walk struct {
	t    *testing.T
	done map[string]bool
}

// send sends a request, and gives what came back; an error ends the test.
func send[In, Out any](w *walk, name string, operation func(context.Context, *In, ...func(*sdk.Options)) (*Out, error), in In) *Out {
	w.t.Helper()
	out, err := operation(w.t.Context(), &in)
	if err != nil {
		w.t.Fatalf("%s: %v", name, err)
	}
	w.done[name] = true
	return out
}

// patch is a change of one value.
func patch(path, value string) []types.PatchOperation {
	return []types.PatchOperation{replace(path, value)}
}

// TestEveryOperation sends a request of every operation that the server has. The recorder holds what comes back against the model, member by member.
func TestEveryOperation(t *testing.T) {
	c := startGwrd(t).client(t)
	w := &walk{t: t, done: map[string]bool{}}
	definition, err := os.ReadFile("testdata/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}

	api := send(w, "ImportRestApi", c.ImportRestApi, sdk.ImportRestApiInput{Body: definition}).Id
	send(w, "DeleteRestApi", c.DeleteRestApi, sdk.DeleteRestApiInput{RestApiId: api})
	made := send(w, "CreateRestApi", c.CreateRestApi, sdk.CreateRestApiInput{Name: aws.String("shop"), Tags: map[string]string{"team": "shop"}})
	api = made.Id
	send(w, "PutRestApi", c.PutRestApi, sdk.PutRestApiInput{RestApiId: api, Mode: types.PutModeMerge, Body: definition})
	send(w, "UpdateRestApi", c.UpdateRestApi, sdk.UpdateRestApiInput{RestApiId: api, PatchOperations: patch("/description", "Our shop")})
	send(w, "GetRestApi", c.GetRestApi, sdk.GetRestApiInput{RestApiId: api})
	send(w, "GetRestApis", c.GetRestApis, sdk.GetRestApisInput{})
	send(w, "GetAccount", c.GetAccount, sdk.GetAccountInput{})
	send(w, "GetUsagePlans", c.GetUsagePlans, sdk.GetUsagePlansInput{})

	throttled := types.GatewayResponseTypeThrottled
	send(w, "PutGatewayResponse", c.PutGatewayResponse, sdk.PutGatewayResponseInput{RestApiId: api, ResponseType: throttled, StatusCode: aws.String("429")})
	send(w, "UpdateGatewayResponse", c.UpdateGatewayResponse, sdk.UpdateGatewayResponseInput{RestApiId: api, ResponseType: throttled, PatchOperations: patch("/statusCode", "503")})
	send(w, "GetGatewayResponse", c.GetGatewayResponse, sdk.GetGatewayResponseInput{RestApiId: api, ResponseType: throttled})
	send(w, "GetGatewayResponses", c.GetGatewayResponses, sdk.GetGatewayResponsesInput{RestApiId: api})
	send(w, "DeleteGatewayResponse", c.DeleteGatewayResponse, sdk.DeleteGatewayResponseInput{RestApiId: api, ResponseType: throttled})

	w.methods(c, api, made.RootResourceId)
	w.stages(c, api)
	for _, o := range apigateway.Operations {
		if !w.done[o.Name] {
			t.Errorf("%s was not sent", o.Name)
		}
	}
}

// methods sends the operations of resources, and of what is below them.
func (w *walk) methods(c *sdk.Client, api, root *string) {
	resource := send(w, "CreateResource", c.CreateResource, sdk.CreateResourceInput{RestApiId: api, ParentId: root, PathPart: aws.String("orders")}).Id
	send(w, "UpdateResource", c.UpdateResource, sdk.UpdateResourceInput{RestApiId: api, ResourceId: resource, PatchOperations: patch("/pathPart", "order")})
	method, status := aws.String("GET"), aws.String("200")
	send(w, "PutMethod", c.PutMethod, sdk.PutMethodInput{
		RestApiId: api, ResourceId: resource, HttpMethod: method, AuthorizationType: aws.String("NONE"),
		RequestParameters: map[string]bool{"method.request.querystring.q": false}, RequestModels: map[string]string{"application/json": "Empty"},
	})
	send(w, "PutMethodResponse", c.PutMethodResponse, sdk.PutMethodResponseInput{
		RestApiId: api, ResourceId: resource, HttpMethod: method, StatusCode: status, ResponseParameters: map[string]bool{"method.response.header.x-a": true},
	})
	send(w, "PutIntegration", c.PutIntegration, sdk.PutIntegrationInput{
		RestApiId: api, ResourceId: resource, HttpMethod: method, Type: types.IntegrationTypeHttp, IntegrationHttpMethod: method, Uri: aws.String("http://orders.example.com/{q}"),
		RequestParameters: map[string]string{"integration.request.path.q": "method.request.querystring.q"}, RequestTemplates: map[string]string{"application/json": "{}"},
	})
	send(w, "PutIntegrationResponse", c.PutIntegrationResponse, sdk.PutIntegrationResponseInput{
		RestApiId: api, ResourceId: resource, HttpMethod: method, StatusCode: status,
		ResponseParameters: map[string]string{"method.response.header.x-a": "'b'"}, ResponseTemplates: map[string]string{"application/json": ""},
	})
	send(w, "UpdateMethod", c.UpdateMethod, sdk.UpdateMethodInput{RestApiId: api, ResourceId: resource, HttpMethod: method, PatchOperations: patch("/operationName", "listOrders")})
	send(w, "UpdateMethodResponse", c.UpdateMethodResponse, sdk.UpdateMethodResponseInput{
		RestApiId: api, ResourceId: resource, HttpMethod: method, StatusCode: status, PatchOperations: patch("/responseParameters/method.response.header.x-a", "false"),
	})
	send(w, "UpdateIntegration", c.UpdateIntegration, sdk.UpdateIntegrationInput{RestApiId: api, ResourceId: resource, HttpMethod: method, PatchOperations: patch("/timeoutInMillis", "1000")})
	send(w, "UpdateIntegrationResponse", c.UpdateIntegrationResponse, sdk.UpdateIntegrationResponseInput{
		RestApiId: api, ResourceId: resource, HttpMethod: method, StatusCode: status, PatchOperations: patch("/selectionPattern", "2.."),
	})
	send(w, "GetMethod", c.GetMethod, sdk.GetMethodInput{RestApiId: api, ResourceId: resource, HttpMethod: method})
	send(w, "GetMethodResponse", c.GetMethodResponse, sdk.GetMethodResponseInput{RestApiId: api, ResourceId: resource, HttpMethod: method, StatusCode: status})
	send(w, "GetIntegration", c.GetIntegration, sdk.GetIntegrationInput{RestApiId: api, ResourceId: resource, HttpMethod: method})
	send(w, "GetIntegrationResponse", c.GetIntegrationResponse, sdk.GetIntegrationResponseInput{RestApiId: api, ResourceId: resource, HttpMethod: method, StatusCode: status})
	send(w, "GetResource", c.GetResource, sdk.GetResourceInput{RestApiId: api, ResourceId: resource, Embed: []string{"methods"}})
	send(w, "GetResources", c.GetResources, sdk.GetResourcesInput{RestApiId: api, Embed: []string{"methods"}})
	send(w, "DeleteIntegrationResponse", c.DeleteIntegrationResponse, sdk.DeleteIntegrationResponseInput{RestApiId: api, ResourceId: resource, HttpMethod: method, StatusCode: status})
	send(w, "DeleteIntegration", c.DeleteIntegration, sdk.DeleteIntegrationInput{RestApiId: api, ResourceId: resource, HttpMethod: method})
	send(w, "DeleteMethodResponse", c.DeleteMethodResponse, sdk.DeleteMethodResponseInput{RestApiId: api, ResourceId: resource, HttpMethod: method, StatusCode: status})
	send(w, "DeleteMethod", c.DeleteMethod, sdk.DeleteMethodInput{RestApiId: api, ResourceId: resource, HttpMethod: method})
	send(w, "DeleteResource", c.DeleteResource, sdk.DeleteResourceInput{RestApiId: api, ResourceId: resource})
}

// stages sends the operations of deployments and stages, and of what leads to them.
func (w *walk) stages(c *sdk.Client, api *string) {
	deployment := send(w, "CreateDeployment", c.CreateDeployment, sdk.CreateDeploymentInput{RestApiId: api, StageName: aws.String("beta")}).Id
	send(w, "UpdateDeployment", c.UpdateDeployment, sdk.UpdateDeploymentInput{RestApiId: api, DeploymentId: deployment, PatchOperations: patch("/description", "first")})
	send(w, "GetDeployment", c.GetDeployment, sdk.GetDeploymentInput{RestApiId: api, DeploymentId: deployment, Embed: []string{"apisummary"}})
	send(w, "GetDeployments", c.GetDeployments, sdk.GetDeploymentsInput{RestApiId: api})
	stage := aws.String("prod")
	send(w, "CreateStage", c.CreateStage, sdk.CreateStageInput{RestApiId: api, StageName: stage, DeploymentId: deployment, Variables: map[string]string{"a": "b"}})
	send(w, "UpdateStage", c.UpdateStage, sdk.UpdateStageInput{RestApiId: api, StageName: stage, PatchOperations: patch("/variables/a", "c")})
	send(w, "GetStage", c.GetStage, sdk.GetStageInput{RestApiId: api, StageName: stage})
	send(w, "GetStages", c.GetStages, sdk.GetStagesInput{RestApiId: api})
	for _, format := range []string{"oas30", "swagger"} {
		send(w, "GetExport", c.GetExport, sdk.GetExportInput{RestApiId: api, StageName: stage, ExportType: &format})
	}
	arn := aws.String("arn:aws:apigateway:us-east-1::/restapis/" + *api + "/stages/prod")
	send(w, "TagResource", c.TagResource, sdk.TagResourceInput{ResourceArn: arn, Tags: map[string]string{"team": "shop"}})
	send(w, "GetTags", c.GetTags, sdk.GetTagsInput{ResourceArn: arn})
	send(w, "UntagResource", c.UntagResource, sdk.UntagResourceInput{ResourceArn: arn, TagKeys: []string{"team"}})

	domain, path := aws.String("shop.example.com"), aws.String("v1")
	send(w, "CreateDomainName", c.CreateDomainName, sdk.CreateDomainNameInput{DomainName: domain})
	send(w, "UpdateDomainName", c.UpdateDomainName, sdk.UpdateDomainNameInput{DomainName: domain, PatchOperations: patch("/certificateName", "ours")})
	send(w, "GetDomainName", c.GetDomainName, sdk.GetDomainNameInput{DomainName: domain})
	send(w, "GetDomainNames", c.GetDomainNames, sdk.GetDomainNamesInput{})
	send(w, "CreateBasePathMapping", c.CreateBasePathMapping, sdk.CreateBasePathMappingInput{DomainName: domain, BasePath: path, RestApiId: api, Stage: stage})
	send(w, "UpdateBasePathMapping", c.UpdateBasePathMapping, sdk.UpdateBasePathMappingInput{DomainName: domain, BasePath: path, PatchOperations: patch("/stage", "beta")})
	send(w, "GetBasePathMapping", c.GetBasePathMapping, sdk.GetBasePathMappingInput{DomainName: domain, BasePath: path})
	send(w, "GetBasePathMappings", c.GetBasePathMappings, sdk.GetBasePathMappingsInput{DomainName: domain})
	send(w, "DeleteBasePathMapping", c.DeleteBasePathMapping, sdk.DeleteBasePathMappingInput{DomainName: domain, BasePath: path})
	send(w, "DeleteDomainName", c.DeleteDomainName, sdk.DeleteDomainNameInput{DomainName: domain})
	send(w, "DeleteStage", c.DeleteStage, sdk.DeleteStageInput{RestApiId: api, StageName: stage})
	other := send(w, "CreateDeployment", c.CreateDeployment, sdk.CreateDeploymentInput{RestApiId: api}).Id
	send(w, "DeleteDeployment", c.DeleteDeployment, sdk.DeleteDeploymentInput{RestApiId: api, DeploymentId: other})
}
