// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"

	"gatewayresponses/config"
	"gatewayresponses/internal/ability"
)

// isModule reports whether the filter is to be the dynamic module.
func (e *envoyEmission) isModule() bool { return e.adapter.Adapter == ability.Module }

// deliversWasm is why the module has its document in the configuration.
const deliversWasm = "gwrd delivers the wasm filter alone; leave --ecds and --from out"

// checkModule says which flags are not for the dynamic module, and what is in their place.
func (e *envoyEmission) checkModule() error {
	var problems []error
	for _, flag := range []struct{ name, about string }{
		{"engine", "--engine is about doing without the filter, and --adapter module about which one; leave one of them out"},
		{"companion", "the module sees and answers itself what --companion is for; leave it out"},
		{"wasm", "--wasm is for the wasm filter; Envoy finds the module in the folder that its environment names, ENVOY_DYNAMIC_MODULES_SEARCH_PATH"},
		{"root-id", "the module has no root_id; give each listener another --name"},
		{"refuse-invalid", "--refuse-invalid is for the wasm filter; for the module set GWR_ON_INVALID=refuse in the environment of Envoy"},
		{"ecds", deliversWasm},
		{"from", deliversWasm},
	} {
		if e.given(flag.name) {
			problems = append(problems, errors.New(flag.about))
		}
	}
	return errors.Join(problems...)
}

// namedRoutes are the routes of a document that only a name reaches.
func namedRoutes(document *config.Document) []string {
	var names []string
	for i := range document.Routes {
		if document.Routes[i].Match == nil {
			names = append(names, document.Routes[i].Name.Value)
		}
	}
	return names
}
