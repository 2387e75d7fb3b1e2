// SPDX-License-Identifier: Apache-2.0

package provoke

// processor is ext_proc that asks a cluster about the headers of requests.
func processor(name, service string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "ext_proc.v3.ExternalProcessor",
		Config: service + "\nprocessing_mode: {request_header_mode: SEND, response_header_mode: SKIP}",
	}
}

// processorFilters are variants of ext_proc.
var processorFilters = []provokedFilter{
	processor("processor-denies", grpcService("processor-denies")),
	processor("processor-streams", grpcService("processor-streams")),
	processor("processor-fails", `http_service: {http_service: {http_uri: {uri: "http://processor.invalid", cluster: fails, timeout: 1s}}}`),
}

// processorRows are the replies of ext_proc.
var processorRows = []provocation{
	{
		name: "processor-denies", details: "<immediate_response.details; empty allowed>", says: "denied_by_processor",
		filter: "processor-denies", envoy: "-",
	},
	{name: "processor-streams", details: "ext_proc_local_response", filter: "processor-streams", since: 39, envoy: "-"},
	{name: "processor-fails", details: "ext_proc_error_HTTP_ERROR", filter: "processor-fails", envoy: "DEFAULT_5XX"},
}
