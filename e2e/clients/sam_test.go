// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"
	"github.com/google/go-cmp/cmp"
)

// TestSAM imports what SAM's translator makes of a template, and holds that its gateway responses are those of the template.
func TestSAM(t *testing.T) {
	g := startGwrd(t)
	api := strings.TrimSpace(g.python(t, "sam_import.py", "testdata/sam/template.yaml"))
	for _, want := range []apigateway.GetGatewayResponseOutput{
		{
			ResponseType: types.GatewayResponseTypeThrottled, StatusCode: aws.String("503"),
			ResponseParameters: map[string]string{"gatewayresponse.header.Retry-After": "'5'"},
			ResponseTemplates:  map[string]string{"application/json": `{"message":$context.error.messageString}`},
		},
		{
			ResponseType:       types.GatewayResponseTypeDefault4xx,
			ResponseParameters: map[string]string{"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"},
			ResponseTemplates:  map[string]string{"application/json": `{"message":$context.error.messageString}`}, // {} is none of its own
		},
	} {
		got, err := g.client(t).GetGatewayResponse(t.Context(), &apigateway.GetGatewayResponseInput{RestApiId: &api, ResponseType: want.ResponseType})
		if err != nil {
			t.Fatal(err)
		}
		type response struct {
			Status                string
			Default               bool
			Parameters, Templates map[string]string
		}
		shown := func(r apigateway.GetGatewayResponseOutput) response {
			return response{aws.ToString(r.StatusCode), r.DefaultResponse, r.ResponseParameters, r.ResponseTemplates}
		}
		if diff := cmp.Diff(shown(want), shown(*got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want.ResponseType, diff)
		}
	}
}
