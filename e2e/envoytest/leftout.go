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

	"gatewayresponses/internal/envoyrun"
)

// LeftOut is the attribute of a test that does not hold with the adapter at hand. Its value is the reason; e2e/tally counts these tests.
const LeftOut = "left-out"

// Count is the attribute of a test that has counted something itself, which e2e/tally prints.
const Count = "count"

// reason is why a test cannot hold.
type reason string

// All the reasons that there are: what the ABI of dynamic modules cannot read, and what belongs to wasm alone.
const (
	hostMetadata   reason = "the ABI cannot read the metadata of virtual hosts"
	nestedMetadata reason = "the ABI cannot read metadata within metadata, or lists"
	virtualMachine reason = "it is about the VM"
	nestedReply    reason = "it is about nested replies, which the module never sends"
)

// leftOut are the tests that do not hold with the module, by package and name, and why.
var leftOut = map[string]reason{
	"e2e TestAddedByRoutes": nestedReply,
	"e2e TestClaims":        nestedMetadata,
	"e2e TestLimits/a_nested_400_closes_the_connection":       nestedReply,
	"e2e TestLocalReplyConfigOnSentReply":                     nestedReply,
	"e2e TestMetrics/heartbeat":                               virtualMachine,
	"e2e TestRoutesFromFile":                                  hostMetadata,
	"e2e TestRoutes/metadata_of_the_virtual_host":             hostMetadata,
	"e2e TestRoutes/document_of_the_virtual_host":             hostMetadata,
	"e2e TestRoutes/annotation_of_the_HTTPRoute":              nestedMetadata,
	"e2e TestCorpus/data/authorizer-claims":                   nestedMetadata,
	"e2e TestCorpus/data/metadata":                            nestedMetadata,
	"e2e TestCorpus/route/switched-off-beside-a-document":     hostMetadata,
	"e2e TestCorpus/route/document-that-is-bad-beside-a-name": hostMetadata,
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
	if Adapter != envoyrun.Module {
		return ""
	}
	key := inPackage + " " + test
	why := leftOut[key]
	if why != "" {
		asked.Store(key, true)
	}
	return string(why)
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
	if Adapter == envoyrun.Module && len(names) > 0 {
		return fmt.Errorf("no test asks whether it holds: %s", strings.Join(names, ", "))
	}
	return nil
}
