// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"path"

	"gatewayresponses/config"
)

// engineOrModule is why one of the two is chosen.
const engineOrModule = "--engine is about doing without the filter, and --adapter module about which one; leave one of them out"

// misplaced is a flag, and what is wrong when it is given.
type misplaced struct{ flag, about string }

// checkMisplaced says what is wrong with the flags that are given.
func checkMisplaced(given func(flag string) bool, flags []misplaced) error {
	var problems []error
	for _, m := range flags {
		if given(m.flag) {
			problems = append(problems, errors.New(m.about))
		}
	}
	return errors.Join(problems...)
}

// checkModule says which flags are not for the dynamic module, and what is in their place.
func (e *envoyEmission) checkModule() error {
	return checkMisplaced(e.given, []misplaced{
		{"engine", engineOrModule},
		{"companion", "the module sees and answers itself what --companion is for; leave it out"},
		{"wasm", "--wasm is for the wasm filter; Envoy finds the module in the folder that its environment names, ENVOY_DYNAMIC_MODULES_SEARCH_PATH"},
		{"root-id", "the module has no root_id; give each listener another --name"},
		{"refuse-invalid", "--refuse-invalid is for the wasm filter; for the module set GWR_ON_INVALID=refuse in the environment of Envoy"},
	})
}

// checkModule says which flags are not for the dynamic module, and what is in their place.
func (e *gatewayEmission) checkModule(given func(flag string) bool) error {
	const inImage = " is for the wasm filter; the module comes with the image of Envoy, at the path that --module names"
	if err := checkMisplaced(given, []misplaced{
		{"engine", engineOrModule},
		{"root-id", "the module has no root_id; --name tells it from others"},
		{"image", "--image" + inImage},
		{"sha256", "--sha256" + inImage},
		{"wasm", "--wasm is for the wasm filter; --module is the path of the module"},
		{"server", "on Envoy Gateway gwrd delivers the wasm filter alone; leave --server and what belongs to it out"},
	}); err != nil {
		return err
	}
	if !path.IsAbs(e.module) {
		return fmt.Errorf("--module %q is no absolute path of a file in the containers of Envoy; want one like %s", e.module, defaultModule)
	}
	return nil
}

// defaultModule is where the manifests for Envoy Gateway look for the dynamic module.
const defaultModule = "/usr/local/lib/libgatewayresponses.so"

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
