// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"testing"

	"gatewayresponses/internal/apigateway"
)

// TestOperations holds that each operation of apigateway has an action, and each action is one of them.
func TestOperations(t *testing.T) {
	actions := actions(nil)
	for _, o := range apigateway.Operations {
		if _, ok := actions[o.Name]; !ok {
			t.Errorf("%s has no action", o.Name)
		}
		delete(actions, o.Name)
	}
	for name := range actions {
		t.Errorf("%s is no operation", name)
	}
}
