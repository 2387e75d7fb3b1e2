// SPDX-License-Identifier: Apache-2.0

package control

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/snapshot"
	"gatewayresponses/internal/definition"
)

// TestQuotasPage holds that docs/aws.md names the quotas as they are.
func TestQuotasPage(t *testing.T) {
	page, err := os.ReadFile("../../docs/aws.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := []string{
		fmt.Sprintf("gateway responses of an API together | %d KiB", maxResponsesSize>>10),
		fmt.Sprintf("an API with its resources and methods | %d MiB", snapshot.MaxSize>>20),
		fmt.Sprintf("an API without them, a deployment or a domain name, with its description and tags | %d KiB", maxListedSize>>10),
		fmt.Sprintf("a stage with its settings and variables | %d KiB", maxStageSize>>10),
		fmt.Sprintf("a definition that is imported | %d MiB", definition.MaxSize>>20),
		fmt.Sprintf("tags of a thing | %d", maxTags),
		fmt.Sprintf("deployments of an API that are kept | %d", maxDeployments),
	}
	for _, q := range []quota{quotaAPIs, quotaStages, quotaResources, quotaDomains, quotaMappings} {
		rows = append(rows, q.what+" | "+grouped(q.most))
	}
	for _, row := range rows {
		if !strings.Contains(string(page), "| "+row+" |\n") {
			t.Errorf("docs/aws.md has no row %q", row)
		}
	}
}

// TestRecordSizes holds that what a list shows as a whole has a size with which hundreds of it are no burden.
func TestRecordSizes(t *testing.T) {
	w := newWorld(t)
	api := w.api("shop", "ACCESS_DENIED", "no")
	must(w, 0, w.toProd(api))
	long := strings.Repeat("x", maxListedSize)
	stage := strings.Repeat("x", maxStageSize)
	patch := []apigateway.PatchOperation{{Op: "replace", Path: "/description", Value: long}}
	for _, tt := range []struct {
		what string
		do   func() error
	}{
		{"name of an API", func() error {
			_, err := w.CreateRestAPI(t.Context(), w.by, apigateway.CreateRestAPIInput{Name: &long})
			return err
		}},
		{"description of an API", func() error {
			_, err := w.UpdateRestAPI(t.Context(), w.by, apigateway.UpdateRestAPIInput{RestAPIID: api, PatchOperations: patch})
			return err
		}},
		{"description of a deployment", func() error {
			_, err := w.CreateDeployment(t.Context(), w.by, apigateway.CreateDeploymentInput{RestAPIID: api, Description: &long})
			return err
		}},
		{"description of a stage", func() error {
			patch[0].Value = stage
			_, err := w.UpdateStage(t.Context(), w.by, apigateway.UpdateStageInput{RestAPIID: api, StageName: "prod", PatchOperations: patch})
			return err
		}},
		{"certificate of a domain name", func() error {
			_, err := w.CreateDomainName(t.Context(), w.by, apigateway.CreateDomainNameInput{DomainName: new("a.example.com"), CertificateName: &long})
			return err
		}},
	} {
		var refused *apigateway.Error
		if err := tt.do(); !errors.As(err, &refused) || refused.Type != "LimitExceededException" || len(refused.Message) > 200 {
			t.Errorf("%s: %.300v, want LimitExceededException", tt.what, err)
		}
	}
}

// grouped is a number with a comma in front of its last three digits.
func grouped(n int) string {
	if n < 1_000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1_000, n%1_000)
}
