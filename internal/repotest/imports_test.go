// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// allowed is the import table of docs/ARCHITECTURE.md: which packages of ours each package may import.
var allowed = map[string][]string{
	"config":                {"internal/chars", "internal/nearest", "internal/pathtemplate", "internal/quote"},
	"internal/chars":        {},
	"internal/facts":        {},
	"internal/glob":         {},
	"internal/nearest":      {"internal/chars"},
	"internal/quote":        {},
	"internal/pathtemplate": {"internal/chars"},
	"internal/template":     {"internal/chars", "internal/quote"},
	"internal/vars":         {"internal/chars", "internal/facts", "internal/nearest", "internal/quote"},
	"internal/classify":     {"internal/chars", "config", "internal/facts", "internal/glob"},
	"internal/engine":       {"internal/chars", "config", "internal/classify", "internal/facts", "internal/glob", "internal/nearest", "internal/pathtemplate", "internal/quote", "internal/template", "internal/vars"},
	"plugin":                {"config", "internal/classify", "internal/engine", "internal/facts"},
	"internal/wasmhost":     {"internal/chars", "internal/facts"},
	"internal/cases":        {"internal/facts"},
	"internal/envoyrun":     {},
	"internal/demo":         {"internal/engine", "internal/envoyrun", "internal/facts"},
	"internal/repotest":     {},
	"e2e":                   {},
	"e2e/replier":           {},

	"internal/wasmhost/internal/probe": {},
}

// heavy are packages that must not get into the wasm: each costs size, start-up time and memory in every Envoy worker.
var heavy = []string{"net/http", "net/url", "net", "regexp", "text/template", "html/template", "encoding/json", "log", "log/slog", "crypto/tls"}

// sdkFolders may import the proxy-wasm SDK.
var sdkFolders = []string{"plugin", "e2e/replier", "internal/wasmhost/internal/probe"}

const (
	module = "gatewayresponses/"
	sdk    = "github.com/proxy-wasm/proxy-wasm-go-sdk"
)

func TestImports(t *testing.T) {
	for _, line := range list(t, "", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "./...") {
		imports := strings.Fields(line)
		folder := strings.TrimPrefix(imports[0], module)
		may, ok := allowed[folder]
		if !ok {
			t.Errorf("package %s is not in the import table; add it here, in docs/ARCHITECTURE.md and in .golangci.yml", folder)
		}
		for _, path := range imports[1:] {
			ours, isOurs := strings.CutPrefix(path, module)
			if isOurs && !slices.Contains(may, ours) {
				t.Errorf("package %s imports %s, which the import table does not allow", folder, ours)
			}
			if strings.HasPrefix(path, sdk) && !slices.Contains(sdkFolders, folder) {
				t.Errorf("package %s imports the proxy-wasm SDK; only plugin/ may", folder)
			}
		}
	}
}

func TestWasmClosure(t *testing.T) {
	closure := list(t, "wasip1", "-deps", "./plugin")
	for _, path := range heavy {
		if slices.Contains(closure, path) {
			t.Errorf("the wasm contains %s", path)
		}
	}
}

// list runs go list in the root of the module and returns its lines.
func list(t *testing.T, goos string, args ...string) []string {
	t.Helper()
	command := exec.Command("go", append([]string{"list"}, args...)...)
	command.Dir = "../.."
	if goos != "" {
		command.Env = append(os.Environ(), "GOOS="+goos, "GOARCH=wasm", "CGO_ENABLED=0")
	}
	command.Stderr = os.Stderr
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list %s: %v", strings.Join(args, " "), err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}
