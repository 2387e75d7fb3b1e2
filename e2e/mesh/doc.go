// SPDX-License-Identifier: Apache-2.0

// Package mesh runs the manifests in deploy with the control planes that people apply them to. It is a Go module of its own, so that
// what these need stays out of the main one. make test-mesh runs it.
//
// # Istio
//
// Istio's own code runs here as a library: istiod's discovery server (pilot/test/xds), which reads manifests and makes listeners,
// routes and clusters of them, and the agent's fetcher of filters (pkg/wasm), which pulls our image from a registry. A real Envoy
// takes its configuration from that discovery server by ADS, through what stands for the agent: it fetches filters, as the agent
// does, and takes out the few filters that only Istio's build of Envoy has.
//
// Not run: a cluster of Kubernetes with its API server and webhooks, istio-proxy (Istio's build of Envoy), the agent's process,
// mutual TLS between proxies, ztunnel. Nothing redirects requests to a sidecar: it has a port of its own.
package mesh
