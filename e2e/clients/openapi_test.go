// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// extension is where gateway responses stand in OpenAPI.
const extension = "x-amazon-apigateway-gateway-responses"

// TestExtensionComesBack holds that the gateway responses of an OpenAPI file are the same in the export of what is deployed, as JSON and as
// YAML, and that this can be imported in its turn.
func TestExtensionComesBack(t *testing.T) {
	ctx, client := t.Context(), startGwrd(t).client(t)
	text, err := os.ReadFile("testdata/openapi.yaml")
	if err != nil {
		t.Fatal(err)
	}
	want := responses(t, text)
	for _, format := range []string{"application/json", "application/yaml", "application/json"} {
		api, err := client.ImportRestApi(ctx, &apigateway.ImportRestApiInput{Body: text, FailOnWarnings: true})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := client.CreateDeployment(ctx, &apigateway.CreateDeploymentInput{RestApiId: api.Id, StageName: aws.String("prod")}); err != nil {
			t.Fatal(err)
		}
		export, err := client.GetExport(ctx, &apigateway.GetExportInput{
			RestApiId: api.Id, StageName: aws.String("prod"), ExportType: aws.String("oas30"), Accepts: &format,
			Parameters: map[string]string{"extensions": "apigateway"},
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, responses(t, export.Body)); diff != "" {
			t.Errorf("the extension in an export as %s (-imported +exported):\n%s", format, diff)
		}
		text = export.Body
	}
}

// responses are the gateway responses in a definition, JSON or YAML.
func responses(t *testing.T, text []byte) any {
	t.Helper()
	var definition map[string]any
	if err := yaml.Unmarshal(text, &definition); err != nil {
		t.Fatalf("%v\n%s", err, text)
	}
	// Through JSON, so that all maps are of one type.
	asJSON, err := json.Marshal(definition[extension])
	if err != nil {
		t.Fatal(err)
	}
	var value any
	if err := json.Unmarshal(asJSON, &value); err != nil {
		t.Fatal(err)
	}
	return value
}
