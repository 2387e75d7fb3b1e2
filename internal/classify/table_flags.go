// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
)

// flagRow is the type that a response flag gives to a reply whose details are unknown.
type flagRow struct {
	// flag is the short name that access logs print.
	flag string
	// bit is the same flag in the mask.
	bit facts.Flags
	// status is the only status that the row is for, 0 for any.
	status int
	types  types
	// remark is for the page.
	remark string
}

// flagTable holds the flags that name a type, in order, because several can be set at once. What ends a request before it
// is sent to an upstream comes first. Of the rest the timeout comes first, as flags of failed tries stay set when a later
// one times out. URX only says that no try was left, so it is last: the flag beside it says why.
var flagTable = [...]flagRow{
	{flag: "NR", types: types{envoy: config.ResourceNotFound, aws: config.MissingAuthenticationToken}, remark: "no route"},
	{flag: "NC", types: types{envoy: config.APIConfigurationError}, remark: "the route's cluster does not exist"},
	{flag: "NFCF", types: types{envoy: config.APIConfigurationError}, remark: "the configuration of a filter has not come by ECDS"},
	{flag: "RL", types: types{envoy: config.Throttled}, remark: "rate limited"},
	{flag: "IH", types: types{envoy: config.BadRequestParameters}, remark: "an x-envoy-* header failed the strict check"},
	{flag: "UT", types: types{envoy: config.IntegrationTimeout}, remark: "the upstream did not answer in time"},
	{flag: "UMSDR", status: 504, types: types{envoy: config.IntegrationTimeout}, remark: "with 408 the client was slow"},
	{flag: "SI", status: 504, types: types{envoy: config.IntegrationTimeout}, remark: "with 408 the client was slow"},
	{flag: "UH", types: types{envoy: config.IntegrationFailure}, remark: "no healthy upstream"},
	{flag: "DF", types: types{envoy: config.IntegrationFailure}, remark: "the upstream's name did not resolve"},
	{flag: "UF", types: types{envoy: config.IntegrationFailure}, remark: "no connection"},
	{flag: "UC", types: types{envoy: config.IntegrationFailure}, remark: "the connection ended"},
	{flag: "UR", types: types{envoy: config.IntegrationFailure}, remark: "the upstream reset the stream"},
	{flag: "LR", types: types{envoy: config.IntegrationFailure}, remark: "Envoy reset the stream to the upstream"},
	{flag: "UPE", types: types{envoy: config.IntegrationFailure}, remark: "the upstream broke the protocol"},
	{flag: "UO", types: types{envoy: config.IntegrationFailure}, remark: "a circuit breaker of the cluster is open, or it is in maintenance"},
	{flag: "DO", types: types{envoy: config.IntegrationFailure}, remark: "the cluster drops a share of its requests"},
	{flag: "UDO", types: types{envoy: config.IntegrationFailure}, remark: "the cluster drops all of its requests"},
	{flag: "OM", types: types{envoy: config.IntegrationFailure}, remark: "the overload manager reset the stream"},
	{flag: "URX", types: types{envoy: config.IntegrationFailure}, remark: "no try is left"},
}

// silentFlags are the flags that name no type, and why.
var silentFlags = [...]struct{ flag, why string }{
	{"DI", "a delay was injected; the flag is on good replies as well"},
	{"FI", "an injected fault stands for the error with its status"},
	{"UAEX", "external authorization refused or failed; its status says more"},
	{"RLSE", "the rate limit service failed; the owner chose the status for that"},
	{"DPE", "the client broke the protocol; its statuses are the client errors they say"},
	{"RFCF", "from a cache, but set by the rate limit quota filter as well"},
	{"LH", "a health check of Envoy itself failed"},
	{"DC", "the client went away, nobody reads the reply"},
	{"DR", "the client reset the stream, nobody reads the reply"},
	{"DT", "the connection was open for too long"},
}

// delayInjected is the flag that says nothing about who made the reply.
var delayInjected facts.Flags

// statuses are the types that a status alone gives. All others are one of the two DEFAULT_* types.
var statuses = [...]struct {
	status       int
	responseType config.ResponseType
}{
	{401, config.Unauthorized},
	{403, config.AccessDenied},
	{404, config.ResourceNotFound},
	{413, config.RequestTooLarge},
	{415, config.UnsupportedMediaType},
	{429, config.Throttled},
	{504, config.IntegrationTimeout},
}
