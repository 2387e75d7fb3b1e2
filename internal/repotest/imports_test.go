// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// sdkFolders may import the proxy-wasm SDK: filters that are measured or that tests load.
var sdkFolders = []string{"bench/sdkminimal", "e2e/replier", "internal/wasmhost/internal/probe"}

const (
	module = "gatewayresponses/"
	sdk    = "github.com/proxy-wasm/proxy-wasm-go-sdk"
)

// TestImports compares what every package imports with the import table of docs/ARCHITECTURE.md: nothing that the table does
// not have, and nothing in the table that is imported no more.
func TestImports(t *testing.T) {
	table, real := importTable(t), realImports(t)
	for folder, row := range table {
		if _, ok := real[folder]; !ok {
			t.Errorf("the import table of docs/ARCHITECTURE.md has %s, which is no package", folder)
		}
		for _, path := range slices.Concat(row.code, row.tests) {
			if !slices.Contains(real[folder].code, path) && !slices.Contains(real[folder].tests, path) {
				t.Errorf("the import table of docs/ARCHITECTURE.md lets %s import %s, which it does not; take it out", folder, path)
			}
		}
	}
	for folder, has := range real {
		row, ok := table[folder]
		if !ok {
			t.Errorf("package %s is not in the import table of docs/ARCHITECTURE.md; add a row", folder)
			continue
		}
		for _, path := range has.code {
			if !slices.Contains(row.code, path) {
				t.Errorf("package %s imports %s, which the import table of docs/ARCHITECTURE.md does not allow", folder, path)
			}
		}
		for _, path := range has.tests {
			if path != folder && !slices.Contains(row.code, path) && !slices.Contains(row.tests, path) {
				t.Errorf("a test of %s imports %s, which the import table of docs/ARCHITECTURE.md does not allow", folder, path)
			}
		}
	}
}

// TestSDK holds that only filters that tests load import the SDK.
func TestSDK(t *testing.T) {
	for _, line := range packages(t) {
		folder, _, _ := strings.Cut(line, "|")
		if strings.Contains(line, sdk) && !slices.Contains(sdkFolders, folder) {
			t.Errorf("package %s imports the proxy-wasm SDK; the filter has plugin/internal/abi", folder)
		}
	}
}

// realImports are the imports of ours in every package of the module.
func realImports(t *testing.T) map[string]imports {
	t.Helper()
	real := map[string]imports{}
	for _, line := range packages(t) {
		parts := strings.Split(line, "|")
		has := real[parts[0]]
		has.code = ours(has.code, parts[1])
		has.tests = ours(has.tests, parts[2])
		real[parts[0]] = has
	}
	return real
}

// packages are lines "package|imports of its code|imports of its tests": for this machine and for the wasm, with the files
// behind build tags, and with the tests inside of the package and those outside. With -e, as the server's do not build for
// the wasm.
func packages(t *testing.T) []string {
	t.Helper()
	format := `{{.ImportPath}}|{{join .Imports " "}}|{{join .TestImports " "}} {{join .XTestImports " "}}`
	lines := slices.Concat(
		list(t, []string{"CGO_ENABLED=1"}, "-tags", "soak,browser,control,module,fakeenvoy", "-f", format, "./..."),
		list(t, wasmTarget, "-e", "-f", format, "./bench/...", "./config", "./plugin", "./internal/..."),
	)
	for i := range lines {
		lines[i] = strings.TrimPrefix(lines[i], module)
	}
	return lines
}

// ours adds those packages of a list that are in this module, by their paths in it.
func ours(paths []string, list string) []string {
	for _, path := range strings.Fields(list) {
		inside, ok := strings.CutPrefix(path, module)
		if path+"/" == module {
			inside, ok = path, true
		}
		if ok && !slices.Contains(paths, inside) {
			paths = append(paths, inside)
		}
	}
	return paths
}

// wasmTarget makes the go command see what is built for Envoy.
var wasmTarget = []string{"GOOS=wasip1", "GOARCH=wasm", "CGO_ENABLED=0"}

// list runs go list in the root of the module and returns its lines.
func list(t *testing.T, environment []string, args ...string) []string {
	t.Helper()
	command := exec.Command("go", append([]string{"list"}, args...)...)
	command.Dir = "../.."
	command.Env = append(os.Environ(), environment...)
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", strings.Join(args, " "), err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
