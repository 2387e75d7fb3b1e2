// SPDX-License-Identifier: Apache-2.0

package module

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// Function is an exported function. All its parameters, and the result if it has one, are of type i32.
type Function struct {
	Name       string
	Parameters int
	Result     bool
}

// Callbacks returns the exported functions whose name begins with proxy_on_, by name.
func Callbacks(ctx context.Context, file []byte) (callbacks []Function, err error) {
	runtime := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfigInterpreter())
	defer func() { err = errors.Join(err, runtime.Close(ctx)) }()
	module, err := runtime.CompileModule(ctx, file)
	if err != nil {
		return nil, err
	}
	exports := module.ExportedFunctions()
	for _, name := range slices.Sorted(maps.Keys(exports)) {
		if !strings.HasPrefix(name, "proxy_on_") {
			continue
		}
		parameters, results := exports[name].ParamTypes(), exports[name].ResultTypes()
		for _, t := range slices.Concat(parameters, results) {
			if t != api.ValueTypeI32 || len(results) > 1 {
				return nil, fmt.Errorf("%s has parameters or results that are no callback's", name)
			}
		}
		callbacks = append(callbacks, Function{name, len(parameters), len(results) == 1})
	}
	return callbacks, nil
}
