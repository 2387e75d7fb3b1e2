// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/vars"
)

// TestNamesAreVariables holds that the lists have names that there are.
func TestNamesAreVariables(t *testing.T) {
	all := vars.All()
	for _, name := range ofGateway {
		if !slices.ContainsFunc(all, func(row vars.Row) bool { return row.Name == name }) {
			t.Errorf("%s is no variable", name)
		}
	}
	for _, begin := range perRequest {
		if !slices.ContainsFunc(all, func(row vars.Row) bool { return strings.HasPrefix(row.Name, begin) }) {
			t.Errorf("no variable begins with %s", begin)
		}
	}
}

func TestIsClients(t *testing.T) {
	for name, want := range map[string]bool{
		"context.path": true, "method.request.header.accept": true, "context.envoy.body": true, "context.authorizer.claims.sub": true,
		"context.status": false, "stageVariables.docs": false, "context.error.message": false, "context.identity.sourceIp": false,
	} {
		if got := isClients(name); got != want {
			t.Errorf("isClients(%s) = %t, want %t", name, got, want)
		}
	}
}
