// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"encoding/json"
	"fmt"

	monitoring "github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring/v1"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"
	extensionsalpha "istio.io/api/extensions/v1alpha1"
	networkingalpha "istio.io/api/networking/v1alpha3"
	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	networking "k8s.io/api/networking/v1"
	policy "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

// kinds make an object of each kind that the chart has. Of Istio's it is the spec, since that is a message of protobuf.
var kinds = map[string]func() any{
	"Deployment":            func() any { return &apps.Deployment{} },
	"EnvoyFilter":           func() any { return &networkingalpha.EnvoyFilter{} },
	"NetworkPolicy":         func() any { return &networking.NetworkPolicy{} },
	"PersistentVolumeClaim": func() any { return &core.PersistentVolumeClaim{} },
	"PodDisruptionBudget":   func() any { return &policy.PodDisruptionBudget{} },
	"PodMonitor":            func() any { return &monitoring.PodMonitor{} },
	"PrometheusRule":        func() any { return &monitoring.PrometheusRule{} },
	"Service":               func() any { return &core.Service{} },
	"ServiceAccount":        func() any { return &core.ServiceAccount{} },
	"TrafficExtension":      func() any { return &extensionsalpha.TrafficExtension{} },
	"WasmPlugin":            func() any { return &extensionsalpha.WasmPlugin{} },
}

// decode decodes a manifest strictly.
func decode(m manifest) error {
	made, known := kinds[m.kind()]
	if !known {
		return fmt.Errorf("no type is known for it; add it to kinds")
	}
	object := made()
	message, is := object.(proto.Message)
	if !is {
		return yaml.UnmarshalStrict([]byte(m.text), object)
	}
	spec, err := json.Marshal(m.object["spec"])
	if err != nil {
		return err
	}
	return protojson.Unmarshal(spec, message)
}
