// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/waittest"
)

// folder is a folder of files, by their names.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, files)
	return dir
}

// write writes files into a folder; "" removes one.
func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		path := filepath.Join(dir, name)
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		if text == "" {
			err = os.RemoveAll(path)
		} else if err == nil {
			err = os.WriteFile(path, []byte(text), 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestReadFiles says that gateways come from files, are changed there alone, and that what is wrong leaves them as they were.
func TestReadFiles(t *testing.T) {
	w := newWorld(t)
	api := w.shop()
	dir := folder(t, map[string]string{
		"README.md":                "not a gateway",
		".git/config":              "[core]",
		"default/base.yaml":        "gatewayResponses:\n  DEFAULT_4XX:\n    responseTemplates: {text/html: {file: pages/error.html}}\n",
		"default/pages/error.html": "<h1>$context.status</h1>",
		"edge/gateway.yaml":        "description: at the edge\nplugin: {version: 0.2.0, file: /plugin.wasm}\nrollout: {first: {nodes: [\"canary-*\"]}, afterSeconds: 60}\n",
		"edge/base.json":           `{"mode":"observe"}`,
	})
	found := must2(w.ReadFiles(t.Context(), dir))(w)
	for name, list := range found {
		if len(list) > 0 {
			t.Errorf("%s: %+v", name, list)
		}
	}
	w.clock.pass(together)
	w.do()
	if f := w.fleetOf(DefaultGateway); !strings.Contains(string(f.Stable.Text), "<h1>$context.status</h1>") || !strings.Contains(string(f.Stable.Text), api) {
		t.Errorf("%s", f.Stable.Text)
	}
	edge := must2(w.Gateway(t.Context(), w.by, "edge"))(w)
	if edge.Description != "at the edge" || edge.Plugin.Version != "0.2.0" || edge.Rollout.AfterSeconds != 60 || edge.Files != filepath.Join(dir, "edge") {
		t.Errorf("%+v", edge)
	}
	before := must2(w.Revisions(t.Context(), w.by, "edge", 0, 0))(w)
	must2(w.ReadFiles(t.Context(), dir))(w)
	if after := must2(w.Gateway(t.Context(), w.by, "edge"))(w); after.ETag != edge.ETag || len(must2(w.Revisions(t.Context(), w.by, "edge", 0, 0))(w)) != len(before) {
		t.Error("the same files changed something")
	}

	_, err := w.PutBase(t.Context(), w.by, "edge", "{}")
	refused(t, err, "ConflictException", filepath.Join(dir, "edge"))
	_, err = w.PutGateway(t.Context(), w.by, Gateway{Name: "edge"})
	refused(t, err, "ConflictException", "is read from files")
	refused(t, w.DeleteGateway(t.Context(), w.by, "edge"), "ConflictException", "is read from files")

	w.clock.pass(together)
	write(t, dir, map[string]string{
		"edge/base.json":    "{\n \"mod\":\"off\"}",
		"edge/gateway.yaml": "",
		"default/base.yaml": "routes: [{name: x, match: {path: x}}]",
		"other/base.json":   "{}", "other/base.yaml": "{}",
		"UPPER/base.json":    "{}",
		"third/gateway.yaml": "plugins: {}\nrollout:\n  afterSeconds: soon\n",
	})
	found = must2(w.ReadFiles(t.Context(), dir))(w)
	for name, want := range map[string]string{
		"edge":    filepath.Join(dir, "edge/base.json") + ":2:2: mod: unknown key \"mod\"",
		"default": filepath.Join(dir, "default/base.yaml") + ":1:34: ",
		"other":   "other/base.yaml: there is base.json as well",
		"UPPER":   `"UPPER" is no name of a gateway`,
		"third":   filepath.Join(dir, "third/gateway.yaml") + ":1:1: ",
	} {
		if !found[name].HasErrors() || !strings.Contains(words(found[name]), want) {
			t.Errorf("%s: want %q, got %s", name, want, words(found[name]))
		}
	}
	for _, name := range []string{"edge", "default", "other", "UPPER", "third"} {
		if shown := must2(w.wrongFiles(t.Context(), name))(w); words(shown) != words(found[name]) {
			t.Errorf("%s: shown %s", name, words(shown))
		}
	}
	if standing := must2(w.Standing(t.Context(), w.by, "edge"))(w); len(standing.Files) != 1 || inWords(standing.Files[0].Finding) != words(found["edge"]) {
		t.Errorf("the standing does not say it: %+v", standing.Files)
	}
	if edge = must2(w.Gateway(t.Context(), w.by, "edge"))(w); edge.Description != "at the edge" {
		t.Error("half of the bad files is in force")
	}

	write(t, dir, map[string]string{"edge": "", "default": "", "other/base.yaml": "", "UPPER": "", "third": ""})
	found = must2(w.ReadFiles(t.Context(), dir))(w)
	if !strings.Contains(words(found[DefaultGateway]), "the folder is gone") || !strings.Contains(words(found[DefaultGateway]), "shop.example.com") {
		t.Errorf("default serves something: %+v", found)
	}
	_, err = w.Gateway(t.Context(), w.by, "edge")
	refused(t, err, "NotFoundException", "edge")
	write(t, dir, map[string]string{"other": ""})
	if _, err := w.ReadFiles(t.Context(), dir); err == nil || !strings.Contains(err.Error(), "has no folder") {
		t.Errorf("an empty folder: %v", err)
	}
	must2(w.ReadFiles(t.Context(), ""))(w)
	if g := must2(w.Gateway(t.Context(), w.by, "other"))(w); g.Files != "" {
		t.Errorf("without a folder it is still locked: %+v", g)
	}
	for name := range found {
		if shown := must2(w.wrongFiles(t.Context(), name))(w); len(shown) != 0 {
			t.Errorf("%s: without a folder: %+v", name, shown)
		}
	}
}

// refused says that a caller was told no, in AWS's words and ours.
func refused(t *testing.T, err error, kind, message string) {
	t.Helper()
	var known *apigateway.Error
	if !errors.As(err, &known) || known.Type != kind || !strings.Contains(known.Message, message) {
		t.Errorf("want %s with %q, got %v", kind, message, err)
	}
}

func words(list finding.List) string {
	var all []string
	for _, f := range list {
		all = append(all, inWords(f))
	}
	return strings.Join(all, "\n")
}

// TestFolderOfNoName holds that a folder whose name is no UTF-8 keeps nobody from reading the others.
func TestFolderOfNoName(t *testing.T) {
	w := newWorld(t)
	found := must2(w.ReadFiles(t.Context(), folder(t, map[string]string{"\xff/base.json": "{}", "edge/base.json": "{}"})))(w)
	if !found["\uFFFD"].HasErrors() || found["edge"].HasErrors() {
		t.Errorf("found %v", found)
	}
	must2(w.Gateway(t.Context(), w.by, "edge"))(w)
}

// TestFollowFiles says that files are read again when they change, that bad ones leave what is there, and that new ones are found.
func TestFollowFiles(t *testing.T) {
	w := newWorld(t)
	w.options.Now = time.Now
	dir := folder(t, map[string]string{
		"default/base.yaml": "gatewayResponses: {THROTTLED: {responseTemplates: {text/plain: {file: a.txt}}}}", "default/a.txt": "one",
	})
	ctx, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() {
		if err := w.FollowFiles(ctx, dir); err != nil {
			t.Error(err)
		}
	})
	running.Go(func() {
		if err := w.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	defer running.Wait()
	defer stop()
	reaches := func(gateway, want string) {
		t.Helper()
		waittest.Until(t, gateway+" gets "+want, func() bool {
			fleets, err := w.Fleets(t.Context())
			return slices.ContainsFunc(must(w, fleets, err), func(f deliver.Fleet) bool {
				return f.Gateway == gateway && strings.Contains(string(f.Stable.Text), want)
			})
		})
	}
	reaches("default", "one")
	write(t, dir, map[string]string{"default/a.txt": "second"})
	reaches("default", "second")
	write(t, dir, map[string]string{"default/base.yaml": "{", "edge/base.json": `{"mode":"off"}`})
	reaches("edge", `"mode":"off"`)
	reaches("default", "second")
	write(t, dir, map[string]string{"default/base.yaml": "mode: observe"})
	reaches("default", `"mode":"observe"`)
}
