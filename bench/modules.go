// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"gatewayresponses/bench/module"
	"gatewayresponses/bench/variant"
)

// Modules that variants name.
const (
	modulePlugin = "plugin"
	moduleNative = "native"
	moduleNoop   = "noop"
)

// goModules are built from packages beside this one.
var goModules = map[string]string{"minimal": "./bench/minimal", "sdkminimal": "./bench/sdkminimal"}

// buildModules makes the modules that variants need, in a folder, and returns their paths by name.
func buildModules(folder string, variants []variant.Variant) (map[string]string, error) {
	native, err := filepath.Abs(nativeModule)
	if err != nil {
		return nil, err
	}
	paths := map[string]string{}
	for _, v := range variants {
		for _, name := range v.Modules {
			if name == modulePlugin || paths[name] != "" {
				continue
			}
			if name == moduleNative {
				paths[name] = native
				continue
			}
			path := filepath.Join(folder, name+".wasm")
			if err := makeModule(name, path); err != nil {
				return nil, fmt.Errorf("variant %s: module %s: %w", v.Name, name, err)
			}
			paths[name] = path
		}
	}
	return paths, nil
}

// makeModule writes one module.
func makeModule(name, path string) error {
	if name == moduleNoop {
		return os.WriteFile(path, module.Noop(), 0o644)
	}
	source, ok := goModules[name]
	if !ok {
		return fmt.Errorf("not known")
	}
	command := exec.Command("go", "build", "-buildmode=c-shared", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", path, source)
	command.Env = append(os.Environ(), "GOOS=wasip1", "GOARCH=wasm", "CGO_ENABLED=0")
	if out, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// modulesOf are the paths for one variant: the filter is the build that its name says.
func (s settings) modulesOf(v variant.Variant, paths map[string]string) map[string]string {
	mine := maps.Clone(paths)
	_, name, _ := strings.Cut(v.Name, "@")
	for _, b := range s.builds {
		if b.name == name {
			mine[modulePlugin] = b.path
		}
	}
	return mine
}

// moduleSize is the size of a variant's module in bytes, 0 for none.
func moduleSize(v variant.Variant, paths map[string]string) (int, error) {
	sum := 0
	for _, name := range v.Modules {
		info, err := os.Stat(paths[name])
		if err != nil {
			return 0, fmt.Errorf("variant %s: %w", v.Name, err)
		}
		sum += int(info.Size())
	}
	return sum, nil
}

// checkCallbacks tells people when the minimal plugin has other callbacks than a build of the filter: it is no floor for that one.
func (b *bench) checkCallbacks(ctx context.Context) error {
	least, ok := b.modules["minimal"]
	if !ok {
		return nil
	}
	var exported [][]module.Function
	for _, path := range append([]string{least}, b.pluginPaths()...) {
		file, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		callbacks, err := module.Callbacks(ctx, file)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		exported = append(exported, callbacks)
		if !slices.Equal(exported[0], callbacks) {
			b.say("%s has other callbacks than bench/minimal; make generate writes those of %s", path, defaultPlugin)
		}
	}
	return nil
}

// pluginPaths are the builds of the filter.
func (s settings) pluginPaths() []string {
	var paths []string
	for _, b := range s.builds {
		paths = append(paths, b.path)
	}
	return paths
}
