// SPDX-License-Identifier: Apache-2.0

package filter

import (
	module "github.com/envoyproxy/go-control-plane/envoy/extensions/dynamic_modules/v3"
	modulefilter "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/dynamic_modules/v3"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/types/known/anypb"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit/envoy"
)

// moduleForm is wasmForm for what moduleFilter makes.
const moduleForm = 1

// moduleFilter is the dynamic module with a document. Where it is and its environment are Envoy's own, which no filter can say.
func moduleFilter(resource envoy.Resource, document *anypb.Any) proto.Message {
	return &modulefilter.DynamicModuleFilter{
		DynamicModuleConfig: &module.DynamicModuleConfig{Name: envoy.ModuleName, DoNotClose: true},
		FilterName:          resource.Name(),
		FilterConfig:        document,
	}
}

// moduleContent is what makes it up.
func moduleContent(document deliver.Document) any {
	return struct {
		ModuleForm int
		Document   []byte
	}{moduleForm, document.Text}
}
