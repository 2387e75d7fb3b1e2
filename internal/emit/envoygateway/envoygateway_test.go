// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"

	"gatewayresponses/internal/emit"
)

// emitted makes the manifests and reads them, by kind.
func emitted(t *testing.T, image string) map[string]map[string]any {
	t.Helper()
	files, err := Files(Options{
		Plugin:    emit.Plugin{Name: "gateway-responses", RootID: "gateway", Document: []byte(`{"mode": "off", "api": {"id": "\ud83d\ude00"}}`)},
		Namespace: "shop", Gateway: "eg", Listeners: []string{"http", "https"}, Image: image, SHA256: "abc",
	})
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]map[string]any{}
	for _, f := range files {
		for d := yaml.NewDecoder(bytes.NewReader(f.Text)); ; {
			m := map[string]any{}
			if err := d.Decode(&m); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v\n%s", f.Name, err, f.Text)
			}
			read[m["kind"].(string)] = m["spec"].(map[string]any)
		}
	}
	return read
}

// TestFiles: each kind is there, the document arrives, the code comes from where the image says, and each listener has its patch.
func TestFiles(t *testing.T) {
	read := emitted(t, "oci://registry/image:1")
	var kinds int
	for _, kind := range []string{"EnvoyExtensionPolicy", "EnvoyProxy", "HTTPRoute", "HTTPRouteFilter", "EnvoyPatchPolicy"} {
		if read[kind] != nil {
			kinds++
		}
	}
	if kinds != 5 || len(read) != 5 {
		t.Errorf("%d kinds of 5 among %d", kinds, len(read))
	}
	wasm := read["EnvoyExtensionPolicy"]["wasm"].([]any)[0].(map[string]any)
	want := map[string]any{"type": "Image", "image": map[string]any{"url": "registry/image:1", "sha256": "abc"}}
	if diff := cmp.Diff(want, wasm["code"]); diff != "" {
		t.Error(diff)
	}
	if text, err := json.Marshal(wasm["config"]); err != nil || string(text) != `{"api":{"id":"😀"},"mode":"off"}` {
		t.Errorf("config %s, %v", text, err)
	}
	wasm = emitted(t, "https://host/plugin.wasm")["EnvoyExtensionPolicy"]["wasm"].([]any)[0].(map[string]any)
	want = map[string]any{"type": "HTTP", "http": map[string]any{"url": "https://host/plugin.wasm", "sha256": "abc"}}
	if diff := cmp.Diff(want, wasm["code"]); diff != "" {
		t.Error(diff)
	}
	var patched []any
	for _, patch := range read["EnvoyPatchPolicy"]["jsonPatches"].([]any) {
		patched = append(patched, patch.(map[string]any)["name"])
	}
	if diff := cmp.Diff([]any{"shop/eg/http", "shop/eg/https"}, patched); diff != "" {
		t.Error(diff)
	}
}

func TestCheckImage(t *testing.T) {
	for image, good := range map[string]bool{"oci://r/i": true, "https://h/p": true, "file:///p": false, "": false, "r/i": false, "oci://": false} {
		if err := CheckImage(image); (err == nil) != good {
			t.Errorf("CheckImage(%q) = %v", image, err)
		}
	}
}
