// SPDX-License-Identifier: Apache-2.0

package envoytest

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"gatewayresponses/internal/ability"
)

// LeftOut is the attribute of a test that does not hold with the adapter at hand. Its value is the reason; e2e/tally counts these tests.
const LeftOut = "left-out"

// Count is the attribute of a test that has counted something itself, which e2e/tally prints.
const Count = "count"

// reason is why a test cannot hold with the module.
type reason struct {
	why string
	// envoy is the one minor version of Envoy 1 for which it is a reason, 0 for all.
	envoy int
}

// All the reasons that there are: what the ABI of dynamic modules cannot read, and what belongs to wasm alone.
var (
	hostMetadata   = reason{why: "the ABI cannot read the metadata of virtual hosts"}
	hostName       = reason{why: "the ABI of Envoy 1.39 cannot read the names of virtual hosts", envoy: 39}
	nestedMetadata = reason{why: "the ABI cannot read metadata within metadata, or lists"}
	virtualMachine = reason{why: "it is about the VM"}
	nestedReply    = reason{why: "it is about nested replies, which the module never sends"}
)

// leftOut are the tests that do not hold with the module, by package and name, and why.
var leftOut = map[string]reason{
	"e2e TestAddedByRoutes":                                   nestedReply,
	"e2e TestBadRouteDocuments/an_empty_string":               hostMetadata,
	"e2e TestBadRouteDocuments/empty":                         nestedMetadata,
	"e2e TestBadRouteDocuments/object":                        nestedMetadata,
	"e2e TestClaims":                                          nestedMetadata,
	"e2e TestCorpus/data/authorizer-claims":                   nestedMetadata,
	"e2e TestCorpus/data/metadata":                            nestedMetadata,
	"e2e TestCorpus/route/document-that-is-bad-beside-a-name": hostMetadata,
	"e2e TestCorpus/route/switched-off-beside-a-document":     hostMetadata,
	"e2e TestLimits/a_nested_400_closes_the_connection":       nestedReply,
	"e2e TestLocalReplyConfigOnSentReply":                     nestedReply,
	"e2e TestMetrics/heartbeat":                               virtualMachine,
	"e2e TestRouteDocumentsFromFile":                          hostName,
	"e2e TestRouteMatch/metadata_of_the_route":                nestedMetadata,
	"e2e TestRouteMatch/name_of_the_virtual_host":             hostName,
	"e2e TestRoutes/annotation_of_the_HTTPRoute":              nestedMetadata,
	"e2e TestRoutes/document_of_the_virtual_host":             hostMetadata,
	"e2e TestRoutes/metadata_of_the_virtual_host":             hostMetadata,
	"e2e TestRoutes/names_and_metadata_of_Envoy's":            hostName,
	"e2e TestRoutesFromFile":                                  hostMetadata,
	"e2e TestSwitchedVirtualHost/a_route_without_metadata":    hostMetadata,
	"e2e TestSwitches/annotation":                             nestedMetadata,
	"e2e TestUnknownRoute/annotation":                         nestedMetadata,
	"e2e TestUnknownRoute/virtual_host":                       hostMetadata,
}

// asked are those of leftOut that a test has asked for.
var asked sync.Map

// Holds ends a test that does not hold with the adapter at hand. A test that can be left out begins with it.
func Holds(t *testing.T) {
	t.Helper()
	if why := WhyNot(t.Name()); why != "" {
		t.Attr(LeftOut, why)
		t.SkipNow()
	}
}

// WhyNot is why a test of this package, by its whole name, does not hold with the adapter at hand; "" when it does.
func WhyNot(test string) string {
	if Adapter != ability.Module {
		return ""
	}
	test, _, _ = strings.Cut(test, "#") // the number of a second subtest of that name
	key := inPackage + " " + test
	left, found := leftOut[key]
	if !found {
		return ""
	}
	asked.Store(key, true)
	if left.envoy != 0 && left.envoy != EnvoyMinor {
		return ""
	}
	return left.why
}

// inPackage is the folder of the tests that run, from the root of the repository.
var inPackage string

// findPackage sets it.
func findPackage(root string) error {
	folder, err := os.Getwd()
	if err != nil {
		return err
	}
	inPackage, err = filepath.Rel(root, folder)
	return err
}

// stale says which tests of this package are left out and do not exist. It is for when all have run.
func stale() error {
	var names []string
	for _, key := range slices.Sorted(maps.Keys(leftOut)) {
		if _, found := asked.Load(key); !found && strings.HasPrefix(key, inPackage+" ") {
			names = append(names, key)
		}
	}
	if Adapter == ability.Module && len(names) > 0 {
		return fmt.Errorf("no test asks whether it holds: %s", strings.Join(names, ", "))
	}
	return nil
}
