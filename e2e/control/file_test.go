// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"context"
	"log/slog"
	"regexp"
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/deliver/file"
	"gatewayresponses/internal/emit"
	"gatewayresponses/internal/emit/envoy"
)

// TestFile delivers in a file, which Envoy reads by path_config_source.
func TestFile(t *testing.T) {
	source := newFleet(nil)
	writer := file.New(source, t.TempDir(), slog.New(slog.DiscardHandler))
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- writer.Run(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
	envoytest.Eventually(t, "the file is written", func() bool { return writer.Ready() == nil })

	files, err := envoy.Files(envoy.Options{
		Plugin: emit.Plugin{Name: envoy.ResourceName("default"), RootID: envoy.RootID("default"), Document: []byte(baked)},
		Wasm:   envoytest.PluginPath, Upstream: nowhere, Prefix: "/api/", Server: &envoy.Server{Endpoint: nowhere},
	})
	if err != nil {
		t.Fatal(err)
	}
	api := regexp.MustCompile(`(?s)\n( +)api_config_source:\n.*?(\n +type_urls:)`)
	config := files[len(files)-1].Text
	if !api.Match(config) {
		t.Fatalf("what is emitted has no api_config_source:\n%s", config)
	}
	p := envoytest.StartConfig(t, api.ReplaceAll(config, []byte("\n${1}path_config_source: {path: "+writer.Path("default")+"}$2")))
	awaitReply(t, p, "revision 1")
	for revision := int64(2); revision < 5; revision++ {
		source.put(says(revision))
		awaitReply(t, p, "revision "+string('0'+rune(revision)))
	}
}
