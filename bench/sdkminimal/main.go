// SPDX-License-Identifier: Apache-2.0

// Command sdkminimal is the minimal plugin, written as the proxy-wasm Go SDK suggests: the same job as bench/minimal, the
// callbacks and host calls of the SDK. The difference is what the SDK costs.
package main

// main is never run: Envoy calls the exported functions of the SDK.
func main() {}
