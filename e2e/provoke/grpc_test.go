// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"net/http"
	"strings"

	"gatewayresponses/e2e/envoytest"
)

// grpcFilters are the filters of the rows that translate gRPC, or look into its messages.
var grpcFilters = []provokedFilter{
	jsonConfig("grpc-json", ""),
	jsonConfig("grpc-json-strict", "request_validation_options: {reject_unknown_method: true}"),
	jsonConfig("grpc-json-small", "max_request_body_size: 4"),
	reverseConfig("grpc-reverse", ""),
	reverseConfig("grpc-reverse-small", "max_request_body_size: 4"),
	{
		Name: "grpc-fields", Kind: "grpc_field_extraction.v3.GrpcFieldExtractionConfig",
		Config: "descriptor_set: {inline_bytes: " + schema + "}\nextractions_by_method:\n" +
			"  provoke.Fields.Frame: &id {request_field_extractions: {id: {}}}\n" +
			"  provoke.Fields.Long: *id\n  provoke.Fields.Message: {request_field_extractions: {ages: {}}}\n  provoke.Fields.Nothing: *id",
	},
	{
		Name: "grpc-messages", Kind: "proto_message_extraction.v3.ProtoMessageExtractionConfig",
		Config: "data_source: {inline_bytes: " + schema + "}\nextraction_by_method:\n" +
			"  provoke.Messages.Frame: &id {request_extraction_by_field: {id: EXTRACT}}\n" +
			"  provoke.Messages.Long: *id\n  provoke.Messages.Nothing: *id",
	},
	{
		Name: "grpc-scrubber", Kind: "proto_api_scrubber.v3.ProtoApiScrubberConfig", since: 39,
		Config: "descriptor_set: {data_source: {inline_bytes: " + schema + "}}\n" +
			"restrictions: {method_restrictions: {/provoke.Scrubber/Blocked: {method_restriction: {matcher: {on_no_match: {action: {name: block, typed_config: " +
			"{\"@type\": " + envoytest.HTTPFilters + "proto_api_scrubber.v3.RemoveFieldAction}}}}}}}}",
	},
	{
		Name: "grpc-bridge", Kind: "grpc_http1_reverse_bridge.v3.FilterConfig",
		Config: "content_type: application/grpc\nwithhold_grpc_frames: true",
	},
	{
		Name: "gcp", Kind: "gcp_authn.v3.GcpAuthnFilterConfig", since: 39,
		Config: "http_uri: {uri: \"http://metadata.invalid\", cluster: down, timeout: 1s}",
	},
	{Name: "connect", Kind: "connect_grpc_bridge.v3.FilterConfig"},
}

// jsonConfig is grpc_json_transcoder for the service Json.
func jsonConfig(name, more string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "grpc_json_transcoder.v3.GrpcJsonTranscoder",
		Config: "proto_descriptor_bin: " + schema + "\nservices: [provoke.Json]\nmatch_incoming_request_route: true\n" + more,
	}
}

// reverseConfig is grpc_json_reverse_transcoder.
func reverseConfig(name, more string) provokedFilter {
	return provokedFilter{
		Name: name, Kind: "grpc_json_reverse_transcoder.v3.GrpcJsonReverseTranscoder",
		Config: "descriptor_binary: " + schema + "\n" + more,
	}
}

// grpcCall is a call with a body that is as it is, frame included.
func grpcCall(body string) envoytest.Request {
	return envoytest.Request{Method: http.MethodPost, Headers: http.Header{"Content-Type": {"application/grpc"}}, Body: body}
}

// frame puts the length of a gRPC message before it.
func frame(message string) string { return "\x00\x00\x00\x00" + string(rune(len(message))) + message }

// compressed is a frame that says that its message is compressed, which no filter can read.
const compressed = "\x01\x00\x00\x00\x00"

// tooMuch is more than a filter may buffer, which is 1 MiB by default.
var tooMuch = strings.Repeat("x", 2<<20)

// longCall is a call with a message of which there comes too much.
var longCall = grpcCall("\x00\x00\x20\x00\x00" + tooMuch)

// petWithID is a Pet.
const petWithID = "\x08\x01"

// emptyCall is a call whose body ends before it begins, but after its head.
const emptyCall = "Content-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"

// reverse is a row of grpc_json_reverse_transcoder: a call with a body, and its failure.
func reverse(method, failure, body string) provocation {
	return provocation{
		name: "provoke.Reverse/" + method, details: "grpc_json_reverse_transcode_failure{" + failure + "}", filter: "grpc-reverse",
		request: grpcCall(body), envoy: "BAD_REQUEST_BODY",
	}
}

// early is a row of the same for a call that fails before its body comes.
func early(method, failure, envoy, aws string) provocation {
	row := reverse(method, failure, frame(petWithID))
	row.details, row.envoy, row.aws = "early_"+row.details, envoy, aws
	return row
}

// grpcRows are the replies of filters that translate gRPC, or look into its messages.
var grpcRows = []provocation{
	{
		name: "json-query", details: "early_grpc_json_transcode_failure{<CODE>}", filter: "grpc-json", request: envoytest.Request{Path: "?id=x"},
		envoy: "BAD_REQUEST_PARAMETERS",
	},
	{
		name: "json-none", details: "early_grpc_json_transcode_failure{<CODE>}", filter: "grpc-json-strict",
		envoy: "RESOURCE_NOT_FOUND", aws: "MISSING_AUTHENTICATION_TOKEN",
	},
	{
		name: "json-body", details: "grpc_json_transcode_failure{<CODE>}", filter: "grpc-json", request: jsonPost("{"),
		envoy: "BAD_REQUEST_BODY",
	},
	{
		name: "json-long", details: "grpc_json_transcode_failure{request_buffer_size_limit_reached}", filter: "grpc-json-small",
		request: jsonPost(`{"id": 1}`), envoy: "REQUEST_TOO_LARGE",
	},
	early("Missing", "NOT_FOUND", "RESOURCE_NOT_FOUND", "MISSING_AUTHENTICATION_TOKEN"),
	early("Stream", "streaming_not_supported", "DEFAULT_4XX", ""),
	early("Bare", "<CODE>", "DEFAULT_4XX", ""),
	reverse("Broken", "<CODE>", compressed),
	reverse("Short", "failed_to_parse_request_body", "\x00"),
	reverse("Path", "failed_to_build_request_path", frame("")),
	reverse("Field", "failed_to_create_request_body", frame(petWithID)),
	// Of the two alphabets of base64 the filter writes one and reads the other.
	reverse("Photo", "failed_to_decode_request_body", frame("\x1a\x05\x12\x03\xfb\xff\xff")),
	reverse("Upload", "failed_to_create_request_path", frame("\x12\x01x")),
	{
		name: "provoke.Reverse/Long", details: "grpc_json_reverse_transcode_failure{request_buffer_size_limit_reached}",
		filter: "grpc-reverse-small", request: grpcCall(frame(petWithID)), envoy: "REQUEST_TOO_LARGE",
	},
	{name: "fields-path", details: "grpc_field_extraction_<CODE>{BAD_REQUEST}", filter: "grpc-fields", request: grpcCall(""), envoy: "DEFAULT_4XX"},
	{
		name: "provoke.Fields/Frame", details: "grpc_field_extraction_<CODE>{REQUEST_BUFFER_CONVERSION_FAIL}", filter: "grpc-fields",
		request: grpcCall(compressed), envoy: "BAD_REQUEST_BODY",
	},
	{
		name: "provoke.Fields/Long", details: "grpc_field_extraction_<CODE>{REQUEST_BUFFER_CONVERSION_FAIL}", filter: "grpc-fields",
		request: longCall, envoy: "REQUEST_TOO_LARGE",
	},
	{
		name: "provoke.Fields/Message", details: "grpc_field_extraction_<CODE>{REQUEST_FIELD_EXTRACTION_FAILED}", filter: "grpc-fields",
		request: grpcCall(frame("\x22\x05\x01")), envoy: "BAD_REQUEST_BODY",
	},
	{
		name: "provoke.Fields/Nothing", details: "grpc_field_extraction_<CODE>{REQUEST_OUT_OF_DATA}", filter: "grpc-fields",
		partial: emptyCall, envoy: "BAD_REQUEST_BODY",
	},
	{
		name: "messages-path", details: "proto_message_extraction_<CODE>{BAD_REQUEST}", filter: "grpc-messages", request: grpcCall(""),
		envoy: "DEFAULT_4XX",
	},
	{
		name: "provoke.Messages/Frame", details: "proto_message_extraction_<CODE>{REQUEST_BUFFER_CONVERSION_FAIL}", filter: "grpc-messages",
		request: grpcCall(compressed), envoy: "BAD_REQUEST_BODY",
	},
	{
		name: "provoke.Messages/Long", details: "proto_message_extraction_<CODE>{REQUEST_BUFFER_CONVERSION_FAIL}", filter: "grpc-messages",
		request: longCall, action: "route: {cluster: hangs}", envoy: "REQUEST_TOO_LARGE",
	},
	{
		name: "provoke.Messages/Nothing", details: "proto_message_extraction_<CODE>{REQUEST_OUT_OF_DATA}", filter: "grpc-messages",
		partial: emptyCall, envoy: "BAD_REQUEST_BODY",
	},
	{
		name: "provoke.Scrubber/Missing", details: "proto_api_scrubber_<Status words with spaces>{BAD_REQUEST}", filter: "grpc-scrubber",
		since: 39, request: grpcCall(frame(petWithID)), envoy: "DEFAULT_4XX",
	},
	{
		name: "provoke.Scrubber/Frame", details: "proto_api_scrubber_INVALID_ARGUMENT{REQUEST_BUFFER_CONVERSION_FAIL}",
		filter: "grpc-scrubber", since: 39, request: grpcCall(compressed), envoy: "BAD_REQUEST_BODY",
	},
	{
		name: "provoke.Scrubber/Long", details: "proto_api_scrubber_<Status words with spaces>{REQUEST_BUFFER_CONVERSION_FAIL}",
		filter: "grpc-scrubber", since: 39, request: longCall, action: "route: {cluster: hangs}", envoy: "REQUEST_TOO_LARGE",
	},
	{
		name: "scrubber-path", details: "proto_api_scrubber_INVALID_ARGUMENT{Error in `:path` header validation.}", filter: "grpc-scrubber",
		since: 39, request: grpcCall(""), envoy: "DEFAULT_4XX",
	},
	{
		name: "provoke.Scrubber/Blocked", details: "proto_api_scrubber_<Status words with spaces>{METHOD_BLOCKED}", filter: "grpc-scrubber",
		since: 39, request: grpcCall(frame(petWithID)), envoy: "ACCESS_DENIED",
	},
	{
		name: "gcp", details: "bound_token_fingerprint_unavailable", filter: "gcp", since: 39, action: "route: {cluster: bound}",
		envoy: "API_CONFIGURATION_ERROR",
	},
	{name: "bridge", details: "grpc_bridge_data_too_small", filter: "grpc-bridge", request: grpcCall("x"), envoy: "-"},
	{
		name: "connect", details: "connect_bridge_unary_request_too_large", filter: "connect", action: "route: {cluster: hangs}",
		envoy: "REQUEST_TOO_LARGE",
		request: envoytest.Request{
			Method: http.MethodPost, Body: tooMuch,
			Headers: http.Header{"Connect-Protocol-Version": {"1"}, "Content-Type": {"application/json"}},
		},
	},
}
