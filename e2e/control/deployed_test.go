// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"fmt"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/e2e/gwrdtest"
)

const (
	// deployments are how many deployments are timed. They are apart by more than the second within which they would share a revision.
	deployments, apart = 20, 1100 * time.Millisecond
)

// TestDeployed is the whole way: AWS's SDK customises a gateway response and deploys it with a gwrd, and an Envoy, whose configuration comes
// from gwr emit envoy --from, answers so.
func TestDeployed(t *testing.T) {
	g := gwrdtest.New(t)
	g.Start(t, "--dev")
	g.Put(t, "/gateways/default", `{"plugin": {"file": "`+envoytest.PluginPath+`"}}`)
	deploy := deployer(t, g)
	deploy("deployed before Envoy")
	time.Sleep(apart) // the first deployments share a revision
	p := envoytest.StartConfig(t, g.Emitted(t))
	if got := reply(t, p); got != "deployed before Envoy" {
		t.Errorf("an Envoy that starts replies %q, want what was deployed", got)
	}
	number := 0
	measure := func(what string) {
		timed(t, what, p, deployments, apart, func() (want string) {
			number++
			want = fmt.Sprintf("deployment %d", number)
			deploy(want)
			return want
		})
	}
	measure("from PutGatewayResponse and CreateDeployment, alone")
	startOthers(t, g.XDS)
	measure(fmt.Sprintf("from PutGatewayResponse and CreateDeployment, with %d other streams", streams))
}

// deployer binds an API to every host, and deploys by AWS's SDK what a path without a route says.
func deployer(t *testing.T, g *gwrdtest.Server) (deploy func(says string)) {
	t.Helper()
	client := apigateway.New(apigateway.Options{
		Region: "us-east-1", BaseEndpoint: aws.String(g.URL), Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	})
	api := bindEverywhere(t, client)
	return func(says string) {
		_, err := client.PutGatewayResponse(t.Context(), &apigateway.PutGatewayResponseInput{
			RestApiId: api, ResponseType: types.GatewayResponseTypeMissingAuthenticationToken, StatusCode: aws.String("404"),
			ResponseTemplates: map[string]string{"text/plain": says},
		})
		if err == nil {
			_, err = client.CreateDeployment(t.Context(), &apigateway.CreateDeploymentInput{RestApiId: api, StageName: aws.String("prod")})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// bindEverywhere makes an API whose stage prod is bound to every host, and gives its id.
func bindEverywhere(t *testing.T, client *apigateway.Client) *string {
	t.Helper()
	api, err := client.CreateRestApi(t.Context(), &apigateway.CreateRestApiInput{Name: aws.String("pets")})
	if err == nil {
		_, err = client.CreateDeployment(t.Context(), &apigateway.CreateDeploymentInput{RestApiId: api.Id, StageName: aws.String("prod")})
	}
	if err == nil {
		_, err = client.CreateDomainName(t.Context(), &apigateway.CreateDomainNameInput{DomainName: aws.String("*")})
	}
	if err == nil {
		_, err = client.CreateBasePathMapping(t.Context(), &apigateway.CreateBasePathMappingInput{
			DomainName: aws.String("*"), RestApiId: api.Id, Stage: aws.String("prod"),
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return api.Id
}
