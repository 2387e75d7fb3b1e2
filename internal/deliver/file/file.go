// SPDX-License-Identifier: Apache-2.0

// Package file delivers documents in files: for each gateway a DiscoveryResponse
// with the wasm filter, which an Envoy on the same machine reads by
// path_config_source, and reads again whenever it is replaced.
//
// A file says nothing back: what Envoy makes of it stands in Envoy's log and
// counters. While a rollout runs, files hold the stable document. The file of a
// gateway that is gone stays, so that its Envoy goes on.
package file

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/types/known/anypb"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/deliver/filter"
	"gatewayresponses/internal/emit/envoy"
	"gatewayresponses/internal/wholefile"
)

// Writer keeps the files of a folder up to date.
type Writer struct {
	source deliver.Source
	folder string
	log    *slog.Logger

	mu  sync.Mutex
	err error
}

// New makes a Writer for a folder, which must be there.
func New(source deliver.Source, folder string, log *slog.Logger) *Writer {
	return &Writer{source: source, folder: folder, log: log, err: errors.New("nothing has been written yet")}
}

// Path is the file of a gateway.
func (w *Writer) Path(gateway string) string { return filepath.Join(w.folder, gateway+".json") }

// Ready says what is not up to date in the folder, and why.
func (w *Writer) Ready() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.err
}

// Run keeps the files up to date until ctx ends. What fails is said in the log, and tried again.
func (w *Writer) Run(ctx context.Context) error {
	deliver.Follow(ctx, w.source, w.write, func(err error, retry time.Duration) {
		w.mu.Lock()
		w.err = err
		w.mu.Unlock()
		if err != nil {
			w.log.Error("cannot deliver into files; Envoy goes on with what it has", "error", err, "retry", retry)
		}
	})
	return nil
}

// write brings the files of all fleets up to date, as far as it can.
func (w *Writer) write(fleets []deliver.Fleet) error {
	var failed []error
	for _, f := range fleets {
		if err := w.writeFleet(f); err != nil {
			failed = append(failed, fmt.Errorf("gateway %s: %w", f.Gateway, err))
		}
	}
	return errors.Join(failed...)
}

// writeFleet writes the file of a gateway, unless it holds already what it should.
func (w *Writer) writeFleet(f deliver.Fleet) error {
	if !filepath.IsLocal(f.Gateway) || filepath.Base(f.Gateway) != f.Gateway {
		return fmt.Errorf("%q cannot be the name of a file", f.Gateway)
	}
	text, err := response(f)
	if err != nil {
		return err
	}
	path := w.Path(f.Gateway)
	before, err := os.ReadFile(path)
	if err == nil && bytes.Equal(before, text) {
		return nil
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	// Envoy, which may be another user, looks when a file is moved to where it watches.
	if err := wholefile.Replace(path, 0o644, text); err != nil {
		return err
	}
	w.log.Info("delivered into a file", "gateway", f.Gateway, "revision", f.Stable.Revision, "file", path)
	return nil
}

// response is a DiscoveryResponse with the wasm filter of a gateway, as JSON.
func response(f deliver.Fleet) ([]byte, error) {
	extension, err := filter.New(envoy.Resource{Gateway: f.Gateway, Adapter: ability.Wasm}, f.Plugin, f.Stable)
	if err != nil {
		return nil, err
	}
	resource, err := anypb.New(extension.Config)
	if err != nil {
		return nil, err
	}
	text, err := protojson.Marshal(&discovery.DiscoveryResponse{VersionInfo: extension.Version, Resources: []*anypb.Any{resource}})
	if err != nil {
		return nil, err
	}
	var indented bytes.Buffer // the spaces of protojson differ from build to build
	err = json.Indent(&indented, text, "", "  ")
	indented.WriteByte('\n')
	return indented.Bytes(), err
}
