// SPDX-License-Identifier: Apache-2.0

//go:build module

package ability

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/facts"
)

func TestMain(m *testing.M) { envoytest.Main(m) }

// absent are attributes that the exchange of the test has no value for: it has no TLS, and the client sends no such header.
func absent(name string) bool {
	return strings.HasPrefix(name, "connection.") && name != "connection.id" ||
		strings.HasPrefix(name, "upstream.") && (strings.Contains(name, "certificate") || strings.Contains(name, "tls") || name == "upstream.local_address") ||
		name == "request.referer"
}

// ways are what the probe calls the ways to ask for an attribute.
var ways = map[ability.Kind]string{ability.Text: "text", ability.Number: "number", ability.Boolean: "boolean"}

// unsupported is what Envoy logs about an attribute that it tells in no exchange.
func unsupported(i int, kind ability.Kind) string {
	types := map[ability.Kind]string{ability.Text: "string", ability.Number: "int", ability.Boolean: "bool"}
	return fmt.Sprintf("nsupported attribute ID %d as %s", i, types[kind])
}

// TestAbilities holds the list of what this Envoy tells a dynamic module against what it does tell.
func TestAbilities(t *testing.T) {
	host := hostOf(t)
	headers, log := probe(t)
	for i, a := range ability.Attributes() {
		path := facts.AttributePath(strings.Split(a.Name, ".")...)
		for kind, way := range ways {
			told, ok := headers.First(fmt.Sprintf("x-%s-%d", way, i))
			if a.Name == "xds.virtual_host_name" && told == "virtual-cluster" {
				ok = false // what Envoy 1.39 tells is not what the number is called
			}
			wanted := kind == a.Kind && host.Tells(path)
			switch {
			case ok && !wanted:
				t.Errorf("Envoy tells %s as a %s, %q, and the list does not say so", a.Name, way, told)
			case !ok && wanted && (!absent(a.Name) || strings.Contains(log, unsupported(i, kind))):
				t.Errorf("the list says that Envoy tells %s as a %s, and it does not", a.Name, way)
			}
		}
	}
	for name, path := range map[string]func(keys ...string) string{
		"dynamic": func(keys ...string) string { return facts.MetadataPath(strings.Join(keys, "/")) },
		"route":   facts.RouteMetadataPath,
	} {
		if told, _ := headers.First("x-" + name + "-0"); told != "told" || !host.Tells(path("probe", "key")) {
			t.Errorf("%s metadata: Envoy tells %q, and the list says %t", name, told, host.Tells(path("probe", "key")))
		}
		deep := slices.ContainsFunc(headers, func(h facts.Header) bool { return h.Value == "deep" && strings.HasPrefix(h.Name, "x-"+name) })
		if deep != host.Tells(path("probe", "object", "key")) {
			t.Errorf("%s metadata in an object: Envoy tells it %t, the list says otherwise", name, deep)
		}
	}
	ofHost := slices.ContainsFunc(headers, func(h facts.Header) bool { return h.Value == "of the host" })
	if ofHost != host.Fields.Has(facts.FieldHostMetadata) {
		t.Errorf("the metadata of the virtual host: Envoy tells it %t, the list says otherwise", ofHost)
	}
	if told, _ := headers.First("x-state"); told != "told" || !host.Tells(facts.AttributePath("filter_state", "probe.state")) {
		t.Errorf("filter state: Envoy tells %q", told)
	}
}

// version finds the version in what "envoy --version" prints.
var version = regexp.MustCompile(`version: [^/]*/([0-9.]+)/`)

// hostOf is the host that the Envoy under test is for a module.
func hostOf(t *testing.T) ability.Host {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), envoytest.EnvoyPath, "--version").Output()
	found := version.FindSubmatch(out)
	if err != nil || found == nil {
		t.Fatalf("%v: %q", err, out)
	}
	host, err := ability.Find(string(ability.Module) + "@" + string(found[1]))
	if err != nil {
		t.Fatal(err)
	}
	return host
}

// probe is what Envoy tells the probe of one exchange, and its log.
func probe(t *testing.T) (headers facts.Headers, log string) {
	t.Helper()
	folder := t.TempDir()
	built := exec.Command("cc", "-shared", "-fPIC", "-Wall", "-Werror", "-o", filepath.Join(folder, "libprobe.so"), "testdata/probe.c", "../../module/unused.c")
	if out, err := built.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Setenv("ENVOY_DYNAMIC_MODULES_SEARCH_PATH", folder)
	config, err := os.ReadFile("testdata/envoy.yaml")
	if err != nil {
		t.Fatal(err)
	}
	p := envoytest.StartConfig(t, config)
	answer, err := http.Post("http://"+p.Envoy.Admin+"/logging?dynamic_modules=debug", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := answer.Body.Close(); err != nil || answer.StatusCode != http.StatusOK {
		t.Fatalf("the level of the log cannot be set: %s, %v", answer.Status, err)
	}
	reply := envoytest.RawRequest(t, p.Address(t, "gateway"), "GET /a?b=c HTTP/1.1\r\nHost: a\r\nUser-Agent: probe\r\n\r\n")
	return reply.Headers, p.Log.String()
}
