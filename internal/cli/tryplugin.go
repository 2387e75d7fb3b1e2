// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/envoyrun"
	"gatewayresponses/internal/pluginwasm"
)

// plugin is the file that runs the document: the filter that is built in, or the module.
func (t *trial) plugin() ([]byte, error) {
	if t.adapter == ability.Wasm {
		return pluginwasm.Bytes()
	}
	path := t.options.module
	if path == "" {
		gwr, err := os.Executable()
		if err != nil {
			return nil, fmt.Errorf("the folder of gwr is not known: %w; name the module with --module", err)
		}
		path = filepath.Join(filepath.Dir(gwr), envoyrun.PluginFile(t.adapter))
	}
	library, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, usage(fmt.Errorf("there is no module at %s; make module builds it, and --module names another file", path))
	}
	return library, err
}
