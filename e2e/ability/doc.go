// SPDX-License-Identifier: Apache-2.0

// Package ability asks a real Envoy for everything that package ability of the project lists: a dynamic module of its own, in
// testdata/probe.c, asks for each attribute in each way, and says in headers of the reply what it was told.
//
// Its tests need a C compiler and have the build tag module.
package ability
