// SPDX-License-Identifier: Apache-2.0

// Package control runs the server with what people use it with: real Envoys, and clients of AWS's API. Its tests have the build tag
// control; make test-control runs them. Those with the dynamic module have the tag module, too, and make test-module runs them.
package control
