// SPDX-License-Identifier: Apache-2.0

// Package envoygateway runs the manifests in deploy/envoy-gateway with Envoy Gateway itself. It is a Go module of its own, so that what
// this needs stays out of the main one. make test-envoy-gateway runs it, which make test-mesh does, too.
//
// Envoy Gateway runs as its own program, of the version in go.mod, with manifests from files (its file provider), and starts Envoy
// itself (its Host infrastructure), of the version that it is made for. It fetches the filter from a registry that runs here, and
// Envoy fetches it from there, as in a cluster.
//
// In a cluster Envoy finds Envoy Gateway by the name of its service, and certificates in /certs. Neither is on this machine, so that
// an EnvoyPatchPolicy of the tests changes both in the cluster wasm_cluster. Another one gives a route the metadata of its annotation,
// which the file provider forgets. Envoy Gateway listens on fixed ports: one runs at a time.
//
// Not run: a cluster of Kubernetes with its API server and webhooks, the pods and services that Envoy Gateway makes there, its rate
// limit service.
package envoygateway
