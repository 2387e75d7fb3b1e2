// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"errors"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"
)

// TestBoto3 runs the examples of boto3.
func TestBoto3(t *testing.T) {
	if out := startGwrd(t).python(t, "boto3_examples.py"); strings.TrimSpace(out) != "done" {
		t.Errorf("the examples printed %q", out)
	}
}

// client is a client of AWS's SDK for Go with the key of the first start.
func (g *gwrd) client(t *testing.T) *apigateway.Client {
	t.Helper()
	id, secret := keyIn(t, g.config)
	return g.clientWith(id, secret)
}

// clientWith is a client with a key.
func (g *gwrd) clientWith(id, secret string) *apigateway.Client {
	return apigateway.New(apigateway.Options{
		BaseEndpoint: &g.url, Region: "us-east-1", RetryMaxAttempts: 1, Credentials: credentials.NewStaticCredentialsProvider(id, secret, ""),
	})
}

// keyIn reads the access key in a configuration file of AWS's tools.
func keyIn(t *testing.T, config string) (id, secret string) {
	t.Helper()
	text, err := os.ReadFile(config)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`aws_access_key_id = (\S+)\naws_secret_access_key = (\S+)\n`).FindSubmatch(text)
	if found == nil {
		t.Fatalf("%s has no key", config)
	}
	return string(found[1]), string(found[2])
}

// TestGoSDK holds the life of a gateway response as AWS's SDK for Go sees it.
func TestGoSDK(t *testing.T) {
	ctx, client := t.Context(), startGwrd(t).client(t)
	api, err := client.CreateRestApi(ctx, &apigateway.CreateRestApiInput{Name: aws.String("shop")})
	if err != nil {
		t.Fatal(err)
	}
	put, err := client.PutGatewayResponse(ctx, &apigateway.PutGatewayResponseInput{
		RestApiId: api.Id, ResponseType: types.GatewayResponseTypeThrottled, StatusCode: aws.String("429"),
		ResponseParameters: map[string]string{"gatewayresponse.header.Retry-After": "'5'"},
		ResponseTemplates:  map[string]string{"application/json": `{"message":$context.error.messageString}`},
	})
	if err != nil || aws.ToString(put.StatusCode) != "429" || put.DefaultResponse || put.ResponseParameters["gatewayresponse.header.Retry-After"] != "'5'" {
		t.Fatalf("PutGatewayResponse: %+v, %v", put, err)
	}
	patched, err := client.UpdateGatewayResponse(ctx, &apigateway.UpdateGatewayResponseInput{
		RestApiId: api.Id, ResponseType: types.GatewayResponseTypeThrottled,
		PatchOperations: []types.PatchOperation{{Op: types.OpReplace, Path: aws.String("/statusCode"), Value: aws.String("503")}},
	})
	if err != nil || aws.ToString(patched.StatusCode) != "503" {
		t.Errorf("UpdateGatewayResponse: %+v, %v", patched, err)
	}
	all, err := client.GetGatewayResponses(ctx, &apigateway.GetGatewayResponsesInput{RestApiId: api.Id})
	if err != nil || len(all.Items) != 21 {
		t.Errorf("GetGatewayResponses: %+v, %v", all, err)
	}
	deployed, err := client.CreateDeployment(ctx, &apigateway.CreateDeploymentInput{RestApiId: api.Id, StageName: aws.String("prod")})
	if err != nil {
		t.Fatal(err)
	}
	stage, err := client.GetStage(ctx, &apigateway.GetStageInput{RestApiId: api.Id, StageName: aws.String("prod")})
	if err != nil || aws.ToString(stage.DeploymentId) != aws.ToString(deployed.Id) || stage.CreatedDate == nil {
		t.Errorf("GetStage: %+v, %v", stage, err)
	}
	if _, err := client.DeleteGatewayResponse(ctx, &apigateway.DeleteGatewayResponseInput{RestApiId: api.Id, ResponseType: types.GatewayResponseTypeThrottled}); err != nil {
		t.Error(err)
	}
	_, err = client.DeleteGatewayResponse(ctx, &apigateway.DeleteGatewayResponseInput{RestApiId: api.Id, ResponseType: types.GatewayResponseTypeThrottled})
	var notFound *types.NotFoundException
	if !errors.As(err, &notFound) || aws.ToString(notFound.Message) != "Gateway response type not defined on api" {
		t.Errorf("a second DeleteGatewayResponse: %v", err)
	}
	var pages, apis int
	for pager := apigateway.NewGetRestApisPaginator(client, &apigateway.GetRestApisInput{Limit: aws.Int32(1)}); pager.HasMorePages() && pages < 10; pages++ {
		page, err := pager.NextPage(ctx)
		if err != nil {
			t.Fatal(err)
		}
		apis += len(page.Items)
	}
	if apis != 1 {
		t.Errorf("%d APIs on %d pages, want one", apis, pages)
	}
}
