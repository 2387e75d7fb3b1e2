// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"gatewayresponses/internal/apigateway"
)

// TestPage holds docs/clients.md to what the tests run: the versions of the clients, the provider of Terraform, the number of operations.
func TestPage(t *testing.T) {
	read := func(path string) string {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	page := read("../../docs/clients.md")
	wants := []string{
		fmt.Sprintf("%d operations", len(apigateway.Operations)),
		"1.15.5 with " + providerVersion,
		regexp.MustCompile(`(?ms)^provider "aws" \{.*?^\}`).FindString(read("testdata/terraform/main.tf")),
	}
	for client, inPage := range map[string]string{"awscli": "| `aws` | %s |", "boto3": "| boto3 | %s |", "aws-sam-translator": "the translator, %s"} {
		version := regexp.MustCompile(`(?m)^` + client + `==(\S+)$`).FindStringSubmatch(read(requirements))
		if version == nil {
			t.Fatalf("%s has no %s", requirements, client)
		}
		wants = append(wants, fmt.Sprintf(inPage, version[1]))
	}
	sdk := regexp.MustCompile(`aws-sdk-go-v2/service/apigateway v(\S+)`).FindStringSubmatch(read("../../go.mod"))
	wants = append(wants, sdk[1]+" of `service/apigateway`")
	for _, want := range wants {
		if want == "" || !strings.Contains(page, want) {
			t.Errorf("docs/clients.md has no %q", want)
		}
	}
}
