// SPDX-License-Identifier: Apache-2.0

// Package helm holds the chart in deploy/helm against what its parts are for: the helm command itself renders, lints, packs, pushes
// and pulls it; what it renders is decoded strictly into the Go types of Kubernetes, Istio and the Prometheus operator, and is what
// gwr emit makes; the document in it is loaded by the engine, and a real gwrd is started with the arguments that its Deployment has,
// and answers its probes. It is a module of its own, as Helm comes with much that nothing else needs. make test-mesh runs it.
//
// Not run: a cluster. Of its API server there is, for the chart that reads a ConfigMap, as much as Helm asks for.
package helm
