// SPDX-License-Identifier: Apache-2.0

// Package deploytest has what the tests of deploy share, e2e/mesh and e2e/envoygateway: it reads the manifests, puts the image into a
// registry that runs here, and answers behind the gateways. It is a Go module of its own, since kustomize and the client of registries
// bring what nothing else needs.
//
// Its functions end the test when something is wrong that no test is about. A package that uses it calls envoytest.Main in its TestMain.
package deploytest
