// SPDX-License-Identifier: Apache-2.0

package control

import (
	"fmt"
	"os"
	"strings"
	"testing"

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
		fmt.Sprintf("an API with its resources and methods | %d MiB", maxSnapshotSize>>20),
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

// grouped is a number with a comma in front of its last three digits.
func grouped(n int) string {
	if n < 1_000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%d,%03d", n/1_000, n%1_000)
}
