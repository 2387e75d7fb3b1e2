// SPDX-License-Identifier: Apache-2.0

package control

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/snapshot"
)

// TestPage holds the files and the document of docs/gateways.md: they are read, and become what the page shows.
func TestPage(t *testing.T) {
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "gateways.md"))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	n := 0
	for _, block := range regexp.MustCompile("(?s)```yaml\n# (\\S+)\n(.*?)```").FindAllSubmatch(page, -1) {
		write(t, dir, map[string]string{string(block[1]): string(block[2])})
		n++
	}
	shown := regexp.MustCompile("(?s)```json\n(.*?)```").FindSubmatch(page)
	if n != 2 || shown == nil {
		t.Fatalf("the page has %d files and the document %q", n, shown)
	}

	w := newWorld(t)
	for name, list := range must2(w.ReadFiles(t.Context(), dir))(w) {
		if len(list) > 0 {
			t.Errorf("%s: %s", name, words(list))
		}
	}
	if edge := must2(w.Gateway(t.Context(), w.by, "edge"))(w); edge.Rollout == nil || edge.Plugin.File == "" {
		t.Errorf("%+v", edge)
	}
	pets := snapshot.Snapshot{
		Responses: map[string]apigateway.GatewayResponse{"THROTTLED": {ResponseType: "THROTTLED", StatusCode: "429"}},
		Resources: []apigateway.Resource{{ID: "a", Path: "/pets/{petId}"}},
	}
	const host = "pets.example.com"
	must(w, 0, w.change(t.Context(), w.by, "test", func(t *change) error {
		for _, err := range []error{
			t.removeGateway(DefaultGateway),
			t.put(baseKey(DefaultGateway), "", BaseDocument{Text: readText(w, filepath.Join(dir, "default", "base.yaml"))}),
			t.insert(snapshotKey("pets", "d"), "", pets), t.insert(stageKey("pets", "prod"), "pets/d", apigateway.Stage{StageName: "prod", DeploymentID: "d"}),
			t.insert(domainKey(host), DefaultGateway, domain{Gateway: DefaultGateway}),
			t.insert(mappingKey(host, "v1"), "pets/prod", mapping{BasePathMapping: apigateway.BasePathMapping{BasePath: "v1", RestAPIID: "pets", Stage: "prod"}}),
			w.release(t, w.by, "test", DefaultGateway),
		} {
			if err != nil {
				return err
			}
		}
		return nil
	}))
	var want bytes.Buffer
	if err := json.Compact(&want, shown[1]); err != nil {
		t.Fatal(err)
	}
	if got := string(w.fleetOf(DefaultGateway).Stable.Text); got != want.String() {
		t.Errorf("the page shows\n%s\nand it is\n%s", want.String(), got)
	}
	for _, figure := range []string{"The last 100 are kept", "From 70 % on"} {
		if !strings.Contains(string(page), figure) {
			t.Errorf("the page does not say %q", figure)
		}
	}
}

func readText(w *world, path string) string {
	w.Helper()
	text, err := os.ReadFile(path)
	must(w, text, err)
	return string(text)
}
