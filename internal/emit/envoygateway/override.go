// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/localreply"
)

// BackendTrafficPolicyFile holds the overrides of a document.
const BackendTrafficPolicyFile = "backendtrafficpolicy.yaml"

// Overrides compiles a document that loads without errors into overrides of responses. The findings are as of
// localreply.CompileByStatus.
func Overrides(document *config.Document) ([]localreply.Override, config.Findings) {
	return localreply.CompileByStatus(document, known)
}

// Policy makes the policy with overrides.
func Policy(o Options, overrides []localreply.Override) ([]emit.File, error) {
	return emit.Files(templates, struct {
		Options
		Overrides []localreply.Override
	}{o, overrides}, BackendTrafficPolicyFile)
}
