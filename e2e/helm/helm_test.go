// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"sigs.k8s.io/yaml"

	"gatewayresponses/internal/version"
)

const (
	root  = "../.."
	chart = root + "/deploy/helm/gateway-responses"
	// document is that of deploy/istio.
	document = root + "/deploy/istio/gwr.yaml"
	// image is where the manifests of deploy/istio have it.
	image = "oci://registry.example.com/gateway-responses:" + version.Number
)

// helmPath is the path of the helm command: the one that HELM names, or the one that go.mod pins.
var helmPath = sync.OnceValues(func() (string, error) {
	if path := os.Getenv("HELM"); path != "" {
		return path, nil
	}
	out, err := exec.Command("go", "tool", "-n", "helm").CombinedOutput()
	return strings.TrimSpace(string(out)), err
})

// home is a folder for what helm keeps, so that nothing of a user's counts.
func home(t *testing.T) []string {
	t.Helper()
	folder := t.TempDir()
	return append(os.Environ(), "HOME="+folder, "HELM_CACHE_HOME="+folder, "HELM_CONFIG_HOME="+folder, "HELM_DATA_HOME="+folder, "KUBECONFIG="+filepath.Join(folder, "none"))
}

// run runs helm, and gives what it prints to stdout and to stderr.
func run(t *testing.T, args ...string) (out, messages string, err error) {
	t.Helper()
	path, err := helmPath()
	if err != nil {
		t.Fatalf("helm cannot be built: %v\n%s", err, path)
	}
	command := exec.CommandContext(t.Context(), path, args...)
	command.Env = home(t)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err = command.Run()
	return stdout.String(), stderr.String(), err
}

// must runs helm, which must succeed and complain of nothing.
func must(t *testing.T, args ...string) string {
	t.Helper()
	out, messages, err := run(t, args...)
	if err != nil || messages != "" {
		t.Fatalf("helm %s: %v\n%s", strings.Join(args, " "), err, messages)
	}
	return out
}

// template is helm template of the chart with flags, for the release and the namespace that deploy/istio has.
func template(flags ...string) []string {
	return append([]string{"template", "gateway-responses", chart, "--namespace", "istio-ingress"}, flags...)
}

// render are the manifests that the chart makes with flags.
func render(t *testing.T, flags ...string) []manifest {
	t.Helper()
	return manifests(t, must(t, template(flags...)...))
}

// manifest is an object of Kubernetes: its text, and what that says.
type manifest struct {
	text   string
	object map[string]any
}

func (m manifest) kind() string { return m.object["kind"].(string) }

// manifests reads the manifests of a text, each strictly.
func manifests(t *testing.T, text string) []manifest {
	t.Helper()
	var all []manifest
	for part := range strings.SplitSeq(text, "\n---\n") {
		m := manifest{text: part}
		if err := yaml.UnmarshalStrict([]byte(part), &m.object); err != nil {
			t.Fatalf("%v\n%s", err, part)
		}
		if m.object != nil {
			all = append(all, m)
		}
	}
	return all
}

// only is the one manifest of a kind.
func only(t *testing.T, kind string, of []manifest) manifest {
	t.Helper()
	var found []manifest
	for _, m := range of {
		if m.kind() == kind {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		t.Fatalf("%d objects are a %s, want one", len(found), kind)
	}
	return found[0]
}

// gwr runs dist/gwr.
func gwr(t *testing.T, args ...string) {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), root+"/dist/gwr", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("gwr %s: %v, after make build?\n%s", strings.Join(args, " "), err, out)
	}
}

// write writes a file into a folder of the test, and gives its path.
func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// built is the document of deploy/istio as JSON, in a file.
func built(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "gwr.json")
	gwr(t, "build", document, "--out", path)
	return path
}

// values is a file of values that has the document of deploy/istio as document.value.
func values(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	var object any
	if err := yaml.Unmarshal(text, &object); err != nil {
		t.Fatal(err)
	}
	made, err := yaml.Marshal(map[string]any{"document": map[string]any{"value": object}})
	if err != nil {
		t.Fatal(err)
	}
	return write(t, "values.yaml", string(made))
}
