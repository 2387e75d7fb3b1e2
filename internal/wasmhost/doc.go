// SPDX-License-Identifier: Apache-2.0

// Package wasmhost is a proxy-wasm host that behaves as Envoy does, for tests of a compiled plugin without a proxy.
//
// It loads a module of the ABI 0.2.0 or 0.2.1 that Go built (GOOS=wasip1, -buildmode=c-shared), runs it on wazero, and
// puts one HTTP filter in front of replies that a test describes:
//
//	module, err := wasmhost.Compile(ctx, wasm)        // seconds; once for each test binary
//	host := module.NewHost(wasmhost.Options{})        // one filter of one listener
//	defer host.Close()
//	err = host.Configure([]byte(`{"emulate": "aws"}`))
//	outcome := host.Do(wasmhost.Exchange{Facts: ...}) // one request and its reply
//
// What a callback may do, and what comes of it, was read in the source of Envoy 1.40 and of proxy-wasm-cpp-host, and
// holds against measurements on Envoy 1.36, 1.39 and 1.40. A path in a comment is one of these:
//
//	envoy     github.com/envoyproxy/envoy, source/
//	cpp-host  github.com/proxy-wasm/proxy-wasm-cpp-host, src/
//
// # What is modelled
//
// Life cycle. A Process is one Envoy. It has a VM for each worker and vm key (module, vm_id, environment), and in the
// VM a root context for each plugin key (plugin name, root_id, configuration bytes). A configuration is first shown
// to a canary in a VM of its own; the canary's verdict on the same bytes is remembered while any host uses the vm
// key. A root context ends (on_done, on_delete) when neither a host nor a stream uses it.
//
// Streams. on_context_create, on_request_headers; on_response_headers, on_response_body for every chunk,
// on_response_trailers; on_log, on_done, on_delete. A reply made before the filter ran has no callback but on_log. A reply
// that ends with its headers (no body, reply to HEAD, gRPC) has no body callback; any other local reply has exactly one.
//
// Header maps. Names are in lower case, pseudo-headers come first. The request's map cannot be read (BadArgument; as a
// whole, an empty map) after the request callback has returned, until on_log. A look-up gives the first value. Replace
// removes all lines and adds one at the end. Adding to a name that Envoy holds inline joins the values with a comma.
//
// Buffers. Reading outside the callback gives nothing, writing is BadArgument; see buffer.set for the ranges.
//
// Local replies. proxy_send_local_response waits for the callback to return, then builds a new header map: :status,
// the route's headers, the plugin's headers added to them, content-length, content-type. In the response headers
// callback it goes straight to the client (Outcome.Nested), before that through the filter, and after the headers
// were sent it resets the stream. The details become %RESPONSE_CODE_DETAILS%, white space as "_".
//
// Attributes. See attributes.go for the names and serialize for the encodings. Those that Envoy takes from the
// request's headers are absent whenever the map is.
//
// Timers. Time does not pass by itself: Host.Tick lets one period of every timer pass.
//
// Filter state, shared data with CAS numbers across the VMs of a vm_id, metrics of the process, logs (standard output
// at info, standard error at error), WASI as Envoy answers it, the calls that are forbidden in _initialize and in the
// allocator, and on demand the poll_oneoff of Envoy before 1.39, which fails: a Go module that has started a timer then
// dies in its next garbage collection.
//
// Failure. A trap costs every stream of the worker an empty 503; new streams pass the filter by (failure_policy
// FAIL_OPEN). Pausing without a reply is a hang. What a client would suffer from is listed in Outcome.Faults.
//
// # What is not
//
// Request bodies and trailers, local_reply_config, the headers that Envoy adds on the way out (date, server), timeouts,
// FAIL_CLOSED and FAIL_RELOAD, allow_on_headers_stop_iteration, attributes of a whole group (["request"]), and TCP.
// Queues, calls to other services, foreign functions and any other import answer Unimplemented. Clocks and
// random numbers are real.
package wasmhost
