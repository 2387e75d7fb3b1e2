// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"cmp"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	wasmfilter "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/wasm/v3"
	wasm "github.com/envoyproxy/go-control-plane/envoy/extensions/wasm/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit/envoy"
)

// wasmForm counts changes to what wasmFilter makes of the same content. Another form is another version, which all nodes get anew.
const wasmForm = 1

// wasmFilter is the wasm filter with a document.
func wasmFilter(resource envoy.Resource, plugin deliver.Plugin, document *anypb.Any) proto.Message {
	return &wasmfilter.Wasm{Config: &wasm.PluginConfig{
		Name:          resource.Name(),
		RootId:        envoy.RootID(resource.Gateway),
		FailurePolicy: wasm.FailurePolicy(wasm.FailurePolicy_value[envoy.FailurePolicy]),
		Configuration: document,
		Vm: &wasm.PluginConfig_VmConfig{VmConfig: &wasm.VmConfig{
			VmId:                 envoy.VMID,
			Runtime:              envoy.Runtime,
			EnvironmentVariables: &wasm.EnvironmentVariables{KeyValues: plugin.Environment},
			Code: &core.AsyncDataSource{Specifier: &core.AsyncDataSource_Local{Local: &core.DataSource{
				Specifier: &core.DataSource_Filename{Filename: file(plugin)},
			}}},
		}},
	}}
}

// wasmContent is what makes it up.
func wasmContent(plugin deliver.Plugin, document deliver.Document) any {
	return struct {
		Form        int
		File        string
		Environment map[string]string `json:",omitempty"`
		Document    []byte
	}{wasmForm, file(plugin), plugin.Environment, document.Text}
}

// file is where nodes find plugin.wasm.
func file(plugin deliver.Plugin) string { return cmp.Or(plugin.File, envoy.DefaultWasm) }
