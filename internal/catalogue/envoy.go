// SPDX-License-Identifier: Apache-2.0

package catalogue

import "gatewayresponses/internal/code"

var envoySection = Section{
	Title: "The configuration of Envoy",
	About: "What `gwr doctor` finds in what Envoy runs: what keeps the filter from seeing errors, or from doing right.",
	Entries: []Entry{
		{
			code.FilterMissing, "a chain without the filter",
			"A chain of HTTP filters does not have the filter, so that its errors stay as Envoy makes them. `gwr doctor` knows the filter by the word `gateway_responses` in the name of the filter, of the plugin, of the VM or of the code, or by its document.",
			"Put the filter into the chain, see `gwr emit`. If it is there under another name, give that with `--filter`.",
			"",
		},
		{
			code.FilterNotFirst, "not first",
			"The filter sees only replies that are made behind it. Filters in front of it refuse requests, too, and their errors stay as Envoy makes them.",
			"Move the filter to the head of `http_filters`. On Istio use `phase: AUTHN`, or an EnvoyFilter with `INSERT_FIRST`; on Envoy Gateway `filterOrder` of the EnvoyProxy.",
			"",
		},
		{
			code.FilterOffByRoute, "disabled by a route",
			"`typed_per_filter_config` of a route, a virtual host or a route configuration disables the filter. It is not there for these requests, and counts nothing.",
			"Remove it, or say the same in metadata, `gateway_responses: {route: \"off\"}`, so that errors are still counted.",
			"",
		},
		{
			code.FilterOffByDefault, "enabled by routes only",
			"The filter is disabled in the chain, and routes enable it. A request that no route takes never has it, so that the 404 of no route stays as Envoy makes it. Envoy Gateway does so with every extension.",
			"Leave `disabled` out. On Envoy Gateway apply `envoypatchpolicy.yaml` of `gwr emit envoy-gateway`, or add an HTTPRoute that takes every path of every host.",
			"",
		},
		{
			code.FilterNotInUpgrade, "not in an upgrade",
			"`upgrade_configs` gives the requests of an upgrade, such as a WebSocket, filters of their own, and the filter is not among them.",
			"Put it at the head of these filters as well.",
			"",
		},
		{
			code.LocalReplyFormat, "one format for all local replies",
			"`body_format` of `local_reply_config` changes every local reply: those that somebody wrote on purpose as well, and the nested replies of the filter, which it wraps a second time.",
			"Use mappers with `body_format_override`, one for each response code details. `envoy.yaml` shows them.",
			"",
		},
		{
			code.LocalReplyMapper, "a mapper that gets in the way",
			"Envoy applies the mappers once more to the nested replies by which the filter gives a body to a header-only reply. A mapper that asks for a status or a flag can match such a reply, and wins over the document. And a body that a mapper gives to `ext_authz_denied` or `request_rate_limited` passes for one that the service wrote, which the filter leaves, unless a header says that it is the mapper's.",
			"Let the mapper ask for response code details, by the CEL extension filter. To one for these two details add `headers_to_add: [{header: {key: x-gateway-response-body, value: companion}}]`; the filter takes the header away.",
			"",
		},
		{
			code.HeaderAddedTwice, "a header that is added twice",
			"A header-only reply is replaced by a nested one, which takes its headers over. Envoy then applies `response_headers_to_add` of its route a second time, so that the client gets the header twice. A doubled `access-control-allow-origin` breaks browsers.",
			"Name the header in `headerOnly.addedByRoutes` of the document, as the finding shows, or give header-only replies a body by companion mappers.",
			"",
		},
		{
			code.FailClosed, "fails closed",
			"If the filter ever crashes, Envoy answers with an empty 503, for good replies as well: for ever (`FAIL_CLOSED`, the default), or until it is back (`FAIL_RELOAD`). A filter that words errors must not make any.",
			"Set `failure_policy: FAIL_OPEN`; on Istio `failStrategy: FAIL_OPEN`, on Envoy Gateway `failOpen: true`.",
			"",
		},
		{
			code.NoDefaultConfig, "delivered, without a default",
			"A server delivers the filter (ECDS), and there is no `default_config`. An Envoy that starts while the server is down answers 500 to everything.",
			"Add `default_config` with a filter that loads `plugin.wasm` from a local file, and a document.",
			"",
		},
		{
			code.WaitsForServer, "waits for the server",
			"A server delivers the filter, and without `apply_default_config_without_warming` the listener does not serve until the server has answered, or has not for 15 seconds.",
			"Set `apply_default_config_without_warming: true`.",
			"",
		},
		{
			code.PreflightDenied, "preflights are denied",
			"A browser sends no credentials with a preflight. A filter that wants some stands in front of `cors` and denies it, so that pages of other origins cannot call the API.",
			"Move `cors` to the front, right behind the filter, or give the document `cors.preflight`, with which the filter answers such preflights.",
			"",
		},
		{
			code.FilterTwice, "the filter twice",
			"A chain has the filter twice. The one in front takes what the other has written for a reply of Envoy, and changes it again.",
			"Keep the one at the head. What differs by route belongs into `routes` of its document.",
			"",
		},
		{
			code.EnvoyTooOld, "Envoy is too old",
			"Before 1.33 Envoy could not send a reply while a filter looks at one: connections hang, or Envoy crashes.",
			"Use Envoy 1.36 or later, on which the filter is tested.",
			"",
		},
		{
			code.NoWasm, "no Wasm runtime",
			"This build of Envoy has no runtime for Wasm but the one for code that is built into it, so that it refuses the filter.",
			"Use a build with `envoy.wasm.runtime.v8`, as the official images have it.",
			"",
		},
		{
			code.BadDocumentInEnvoy, "a finding in Envoy's document",
			"The document in Envoy's configuration has this finding. With an error the filter goes on with the last good document, or leaves all replies.",
			"See the paragraph about the code that `gwr validate` gives for the document.",
			"",
		},
		{
			code.DocumentAsStruct, "the document is a Struct",
			"A `google.protobuf.Struct` arrives at the filter as binary, not as JSON, so that the document is refused.",
			"Give it as a `google.protobuf.StringValue`, whose `value` is the text of the document.",
			"",
		},
		{
			code.StopsIteration, "allow_on_headers_stop_iteration",
			"The setting changes what Envoy does when a filter holds a reply. The filter is made for the default, and tested with it.",
			"Leave it out.",
			"",
		},
		{
			code.NothingRaises, "entries that never answer",
			"The document has entries for types that nothing in this chain raises. They do no harm, but nobody will see them here: perhaps a filter is missing, or a rule that names the type.",
			"Add the filter or a rule, or leave the entry for other gateways that use the document.",
			"",
		},
		{
			code.NothingToExamine, "nothing to examine",
			"The input is no configuration of Envoy and no manifest, or it has no HTTP connection manager.",
			"Give a `config_dump`, a bootstrap, or manifests of Istio or Envoy Gateway.",
			"",
		},
		{
			code.SharedRoot, "one root_id for two documents",
			"Two chains have the filter under the same `name`, `root_id` and `vm_id`, with different documents. By these three the filter keeps the last good document, so that a bad one in one chain falls back to that of the other.",
			"Give each chain a `root_id` of its own, such as the name of its listener. A dynamic module has no `root_id`: there it is the `filter_name`.",
			"",
		},
		{
			code.ModuleUntested, "a dynamic module in another Envoy",
			"The module calls Envoy by an interface that changes between its versions, and was not tested with this one. An Envoy before 1.39 refuses it, or tells it too little; a later one may have changed what a call means.",
			"Use an Envoy that the finding names, or the wasm filter, which runs on every Envoy from 1.36 on.",
			"",
		},
		{
			code.ModuleCanBeClosed, "a dynamic module that Envoy may close",
			"Without `do_not_close` Envoy closes a module that no configuration uses any more. The runtime of Go cannot be unloaded: it stays where it is, and Envoy should know.",
			"Set `do_not_close: true` in `dynamic_module_config`.",
			"",
		},
		{
			code.ModuleSearchPath, "where the dynamic module is",
			"The configuration names the module, and the environment of Envoy the folder. Without that Envoy refuses the configuration.",
			"Set `ENVOY_DYNAMIC_MODULES_SEARCH_PATH` to the folder of `libgatewayresponses.so` where Envoy is started.",
			"",
		},
		{
			code.OtherModule, "another dynamic module",
			"Another dynamic module runs in the same process. If it is written in Go as well, each brings a runtime of its own, with its own threads, garbage collection and signal handlers, in one process. A fault of either ends Envoy.",
			"Nothing, if the other is not written in Go. Else try the two together under load, or use the wasm filter, which has the process to itself.",
			"",
		},
		{
			code.BadPerRoute, "a route says what the module does not know",
			"`typed_per_filter_config` of a route, a virtual host or a route configuration is for the dynamic module, and says nothing that it knows: another `filter_name` than `route` and `document`, a route that the document does not have, or it stands under another name than the filter has, so that Envoy does not hand it over.",
			"Put it under the name of the filter in `http_filters`, which with `gwrd` is `gateway-responses/GATEWAY/module`. With `route` give the name of a route of the document, `off` or `observe`; with `document` a route document.",
			"",
		},
		{
			code.VMsOfItsOwn, "further VMs",
			"Plugins of the filter with different `vm_id` do not share VMs: each has one for every worker of Envoy, with its memory. Envoy Gateway gives each Wasm extension of each EnvoyExtensionPolicy a `vm_id` of its own.",
			"Use one EnvoyExtensionPolicy on the Gateway, and tell routes apart by `routes` of its document, or by the annotation `gateway.envoyproxy.io/gateway-responses` of HTTPRoutes.",
			"",
		},
		{
			code.RefusesInvalid, "Envoy refuses bad documents",
			"`GWR_ON_INVALID=refuse` has the filter refuse a bad document, where otherwise the last good one goes on, or all replies pass. An Envoy with a static configuration then does not start, one that waits for the filter from a server answers 500 to everything until a good document comes, and Envoy may remember the verdict. The wasm filter has the variable in `vm_config.environment_variables`; the dynamic module has it in the environment of Envoy, which stands in no configuration: there it is not known.",
			"Leave it out of what serves traffic, and hold the document to `gwr validate` before it is delivered. In a configuration for `envoy --mode validate` it is right, and the dynamic module does not need it there. In the environment of a running Envoy look with `tr '\\0' '\\n' < /proc/PID/environ`.",
			"",
		},
	},
}
