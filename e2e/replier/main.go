// SPDX-License-Identifier: Apache-2.0

// Command replier is a proxy-wasm filter for tests only. It stands behind the filter of the project and sends the local
// reply that a request asks for, so that a test can provoke any reply of Envoy's without the filter that would make it.
//
// The request headers that it reads:
//
//	x-replier-status   status, 200 to 599; without this header the request goes on untouched
//	x-replier-details  response code details; absent for none. Envoy turns white space in them into "_"
//	x-replier-header   "name=value", percent-encoded where necessary; one line for each header of the reply
//	x-replier-body     body, percent-encoded; absent for a reply that ends with its headers
//	x-replier-trap     ends the whole program, and with it every stream that it serves
//
// The request headers stay as they are. A request that cannot be understood gets a 500 with the details
// "replier_bad_request" and a body that says what is wrong.
package main

// main is never run: Envoy calls the exported functions of the SDK.
func main() {}
