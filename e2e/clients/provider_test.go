// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"errors"
	"maps"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"
)

// TestNewerProviders sends what versions 5 and 6 of Terraform's AWS provider send, as their sources have it (internal/service/apigateway). They
// themselves are in no registry that the tests reach, so they were not run. Of their requests these differ from those of other clients:
// empty texts and maps are sent, patches have no value where there is none, an import overwrites and its settings are patched back.
func TestNewerProviders(t *testing.T) {
	ctx, client := t.Context(), startGwrd(t).client(t)
	p := provider{t: t, client: client}
	api := p.restAPI()
	p.gatewayResponse(api)
	first, second := p.deployment(api), p.deployment(api)
	p.stage(api, first, second)
	p.mapping(api)
	if err := errors.Join(
		errorOf(client.DeleteStage(ctx, &apigateway.DeleteStageInput{RestApiId: &api, StageName: aws.String("prod")})),
		errorOf(client.DeleteDeployment(ctx, &apigateway.DeleteDeploymentInput{RestApiId: &api, DeploymentId: &first})),
		errorOf(client.DeleteDeployment(ctx, &apigateway.DeleteDeploymentInput{RestApiId: &api, DeploymentId: &second})),
		errorOf(client.DeleteRestApi(ctx, &apigateway.DeleteRestApiInput{RestApiId: &api})),
	); err != nil {
		t.Error(err)
	}
	// What is gone is recognised by the type of the error.
	var notFound *types.NotFoundException
	if _, err := client.GetRestApi(ctx, &apigateway.GetRestApiInput{RestApiId: &api}); !errors.As(err, &notFound) {
		t.Errorf("after destroy: %v", err)
	}
}

// errorOf is the error of a request.
func errorOf[T any](_ T, err error) error { return err }

// provider is Terraform's AWS provider.
type provider struct {
	t      *testing.T
	client *apigateway.Client
}

// must wants a request to have been carried out.
func must[T any](t *testing.T, send func() (T, error)) T {
	t.Helper()
	output, err := send()
	if err != nil {
		t.Fatal(err)
	}
	return output
}

func replace(path, value string) types.PatchOperation {
	return types.PatchOperation{Op: types.OpReplace, Path: &path, Value: &value}
}

// restAPI makes aws_api_gateway_rest_api with a body, and changes what can be changed of it.
func (p provider) restAPI() string {
	t, ctx := p.t, p.t.Context()
	made := must(t, func() (*apigateway.CreateRestApiOutput, error) {
		return p.client.CreateRestApi(ctx, &apigateway.CreateRestApiInput{
			Name: aws.String("shop"), Description: aws.String("Our shop"), Tags: map[string]string{"team": "shop"},
			BinaryMediaTypes:      []string{"image/png"},
			EndpointConfiguration: &types.EndpointConfiguration{Types: []types.EndpointType{types.EndpointTypeRegional}},
		})
	})
	id := made.Id
	body, err := os.ReadFile("testdata/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	put := must(t, func() (*apigateway.PutRestApiOutput, error) {
		return p.client.PutRestApi(ctx, &apigateway.PutRestApiInput{RestApiId: id, Mode: types.PutModeOverwrite, Body: body})
	})
	if len(put.Warnings) > 0 {
		t.Errorf("PutRestApi warns: %v", put.Warnings)
	}
	// What the import has overwritten is set again, and more of it is changed afterwards.
	must(t, func() (*apigateway.UpdateRestApiOutput, error) {
		return p.client.UpdateRestApi(ctx, &apigateway.UpdateRestApiInput{RestApiId: id, PatchOperations: []types.PatchOperation{
			replace("/description", "Our shop"), replace("/name", "shop"), replace("/endpointConfiguration/types/0", "REGIONAL"),
		}})
	})
	updated := must(t, func() (*apigateway.UpdateRestApiOutput, error) {
		return p.client.UpdateRestApi(ctx, &apigateway.UpdateRestApiInput{RestApiId: id, PatchOperations: []types.PatchOperation{
			{Op: types.OpAdd, Path: aws.String("/binaryMediaTypes/image~1jpeg")},
			replace("/disableExecuteApiEndpoint", "true"),
			replace("/endpointConfiguration/ipAddressType", "dualstack"),
			replace("/minimumCompressionSize", "1024"),
			{Op: types.OpReplace, Path: aws.String("/minimumCompressionSize")}, // none any more
		}})
	})
	if aws.ToString(updated.Name) != "shop" || aws.ToString(updated.Description) != "Our shop" || !updated.DisableExecuteApiEndpoint || updated.MinimumCompressionSize != nil ||
		updated.EndpointConfiguration.IpAddressType != types.IpAddressTypeDualstack || len(updated.BinaryMediaTypes) != 1 {
		t.Errorf("the API after its changes: %+v, %+v", updated, updated.EndpointConfiguration)
	}
	root := 0
	for pages := apigateway.NewGetResourcesPaginator(p.client, &apigateway.GetResourcesInput{RestApiId: id}); pages.HasMorePages(); {
		for _, resource := range must(t, func() (*apigateway.GetResourcesOutput, error) { return pages.NextPage(ctx) }).Items {
			if aws.ToString(resource.Path) == "/" && aws.ToString(resource.Id) == aws.ToString(updated.RootResourceId) {
				root++
			}
		}
	}
	if root != 1 {
		t.Errorf("%d root resources have the id %s", root, aws.ToString(updated.RootResourceId))
	}
	return *id
}

// gatewayResponse makes aws_api_gateway_gateway_response: with empty maps where nothing is given.
func (p provider) gatewayResponse(api string) {
	t, ctx := p.t, p.t.Context()
	must(t, func() (*apigateway.PutGatewayResponseOutput, error) {
		return p.client.PutGatewayResponse(ctx, &apigateway.PutGatewayResponseInput{
			RestApiId: &api, ResponseType: types.GatewayResponseTypeUnauthorized, StatusCode: aws.String("401"),
			ResponseParameters: map[string]string{}, ResponseTemplates: map[string]string{"application/json": `{"message":$context.error.messageString}`},
		})
	})
	got := must(t, func() (*apigateway.GetGatewayResponseOutput, error) {
		return p.client.GetGatewayResponse(ctx, &apigateway.GetGatewayResponseInput{RestApiId: &api, ResponseType: types.GatewayResponseTypeUnauthorized})
	})
	if got.DefaultResponse || aws.ToString(got.StatusCode) != "401" || len(got.ResponseParameters) != 0 || len(got.ResponseTemplates) != 1 {
		t.Errorf("the gateway response is %+v", got)
	}
}

// deployment makes aws_api_gateway_deployment, which sends an empty description and no stage.
func (p provider) deployment(api string) string {
	made := must(p.t, func() (*apigateway.CreateDeploymentOutput, error) {
		return p.client.CreateDeployment(p.t.Context(), &apigateway.CreateDeploymentInput{RestApiId: &api, Description: aws.String(""), Variables: map[string]string{}})
	})
	got := must(p.t, func() (*apigateway.GetDeploymentOutput, error) {
		return p.client.GetDeployment(p.t.Context(), &apigateway.GetDeploymentInput{RestApiId: &api, DeploymentId: made.Id})
	})
	if got.CreatedDate == nil || aws.ToString(got.Description) != "" {
		p.t.Errorf("the deployment is %+v", got)
	}
	return *made.Id
}

// stage makes aws_api_gateway_stage and moves it to another deployment; its tags have a request of their own.
func (p provider) stage(api, deployment, next string) {
	t, ctx, name := p.t, p.t.Context(), aws.String("prod")
	must(t, func() (*apigateway.CreateStageOutput, error) {
		return p.client.CreateStage(ctx, &apigateway.CreateStageInput{
			RestApiId: &api, StageName: name, DeploymentId: &deployment, Description: aws.String("live"),
			Variables: map[string]string{"docs": "https://docs.example.com", "old": "1"}, Tags: map[string]string{"team": "shop"},
		})
	})
	must(t, func() (*apigateway.UpdateStageOutput, error) {
		return p.client.UpdateStage(ctx, &apigateway.UpdateStageInput{RestApiId: &api, StageName: name, PatchOperations: []types.PatchOperation{
			replace("/deploymentId", next), replace("/description", ""), replace("/tracingEnabled", "false"),
			{Op: types.OpRemove, Path: aws.String("/variables/old")},
			replace("/variables/new", "2"), replace("/variables/docs", "https://help.example.com"),
		}})
	})
	arn := aws.String("arn:aws:apigateway:us-east-1::/restapis/" + api + "/stages/prod")
	must(t, func() (*apigateway.TagResourceOutput, error) {
		return p.client.TagResource(ctx, &apigateway.TagResourceInput{ResourceArn: arn, Tags: map[string]string{"cost": "low"}})
	})
	must(t, func() (*apigateway.UntagResourceOutput, error) {
		return p.client.UntagResource(ctx, &apigateway.UntagResourceInput{ResourceArn: arn, TagKeys: []string{"team"}})
	})
	got := must(t, func() (*apigateway.GetStageOutput, error) {
		return p.client.GetStage(ctx, &apigateway.GetStageInput{RestApiId: &api, StageName: name})
	})
	if aws.ToString(got.DeploymentId) != next || aws.ToString(got.Description) != "" || got.CacheClusterStatus != types.CacheClusterStatusNotAvailable ||
		!maps.Equal(got.Variables, map[string]string{"docs": "https://help.example.com", "new": "2"}) || !maps.Equal(got.Tags, map[string]string{"cost": "low"}) {
		t.Errorf("the stage is %+v", got)
	}
}

// mapping makes aws_api_gateway_domain_name, and aws_api_gateway_base_path_mapping for the whole of it: its base path is empty when it
// is made, and (none) afterwards.
func (p provider) mapping(api string) {
	t, ctx, domain := p.t, p.t.Context(), aws.String("shop.example.com")
	must(t, func() (*apigateway.CreateDomainNameOutput, error) {
		return p.client.CreateDomainName(ctx, &apigateway.CreateDomainNameInput{
			DomainName: domain, RegionalCertificateArn: aws.String("arn:aws:acm:us-east-1:123456789012:certificate/1"),
			EndpointConfiguration: &types.EndpointConfiguration{Types: []types.EndpointType{types.EndpointTypeRegional}},
		})
	})
	changed := must(t, func() (*apigateway.UpdateDomainNameOutput, error) {
		return p.client.UpdateDomainName(ctx, &apigateway.UpdateDomainNameInput{DomainName: domain, PatchOperations: []types.PatchOperation{
			replace("/regionalCertificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/2"),
		}})
	})
	if changed.DomainNameStatus != types.DomainNameStatusAvailable || aws.ToString(changed.RegionalCertificateArn) != "arn:aws:acm:us-east-1:123456789012:certificate/2" {
		t.Errorf("the domain name is %+v", changed)
	}
	must(t, func() (*apigateway.CreateBasePathMappingOutput, error) {
		return p.client.CreateBasePathMapping(ctx, &apigateway.CreateBasePathMappingInput{DomainName: domain, BasePath: aws.String(""), RestApiId: &api, Stage: aws.String("prod")})
	})
	none := aws.String("(none)")
	got := must(t, func() (*apigateway.GetBasePathMappingOutput, error) {
		return p.client.GetBasePathMapping(ctx, &apigateway.GetBasePathMappingInput{DomainName: domain, BasePath: none})
	})
	if aws.ToString(got.BasePath) != "(none)" || aws.ToString(got.Stage) != "prod" {
		t.Errorf("the mapping is %+v", got)
	}
	must(t, func() (*apigateway.UpdateBasePathMappingOutput, error) {
		return p.client.UpdateBasePathMapping(ctx, &apigateway.UpdateBasePathMappingInput{DomainName: domain, BasePath: none, PatchOperations: []types.PatchOperation{
			replace("/basePath", "v1"), replace("/restapiId", api), replace("/stage", "prod"),
		}})
	})
	must(t, func() (*apigateway.DeleteBasePathMappingOutput, error) {
		return p.client.DeleteBasePathMapping(ctx, &apigateway.DeleteBasePathMappingInput{DomainName: domain, BasePath: aws.String("v1")})
	})
	must(t, func() (*apigateway.DeleteDomainNameOutput, error) {
		return p.client.DeleteDomainName(ctx, &apigateway.DeleteDomainNameInput{DomainName: domain})
	})
}
