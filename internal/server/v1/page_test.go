// SPDX-License-Identifier: Apache-2.0

package v1

import (
	_ "embed"
	"fmt"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
)

//go:embed testdata/api.md
var page string

// reaches says in words what a key must be for.
var reaches = map[reach]string{
	everything: "", oneAPI: "on the API", oneHost: "on the host", allAPIs: "on all APIs", ownRights: "and all rights of the other key",
}

// TestPage holds that docs/api.md has every problem, and every operation with its role.
func TestPage(t *testing.T) {
	var problems, roles strings.Builder
	problems.WriteString("| problem | status | meaning |\n| --- | --- | --- |\n")
	for _, k := range kinds {
		fmt.Fprintf(&problems, "| <a id=\"%s\"></a>%s | %d | %s |\n", k.kind, strings.ReplaceAll(k.kind, "-", " "), k.status, k.about)
	}
	roles.WriteString("| operation | | role | |\n| --- | --- | --- | --- |\n")
	for _, o := range table() {
		needs := string(o.needs)
		if o.needs == anybody {
			needs = "none, and no key"
		}
		fmt.Fprintf(&roles, "| `%s %s` | %s | %s | %s |\n", o.method, o.path, o.summary, needs, reaches[o.on])
	}
	golden.File(t, "../../../docs/api.md", strings.NewReplacer("{{problems}}\n", problems.String(), "{{roles}}\n", roles.String()).Replace(page))
}
