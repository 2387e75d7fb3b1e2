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
	names("NR", 0, types{envoy: config.ResourceNotFound, aws: config.MissingAuthenticationToken}, "no route"),
	names("NC", 0, types{envoy: config.APIConfigurationError}, "the route's cluster does not exist"),
	names("NFCF", 0, types{envoy: config.APIConfigurationError}, "the configuration of a filter has not come by ECDS"),
	names("RL", 0, types{envoy: config.Throttled}, "rate limited"),
	names("IH", 0, types{envoy: config.BadRequestParameters}, "an x-envoy-* header failed the strict check"),
	names("UT", 0, types{envoy: config.IntegrationTimeout}, "the upstream did not answer in time"),
	names("UMSDR", 504, types{envoy: config.IntegrationTimeout}, "with 408 the client was slow"),
	names("SI", 504, types{envoy: config.IntegrationTimeout}, "with 408 the client was slow"),
	names("UH", 0, types{envoy: config.IntegrationFailure}, "no healthy upstream"),
	names("DF", 0, types{envoy: config.IntegrationFailure}, "the upstream's name did not resolve"),
	names("UF", 0, types{envoy: config.IntegrationFailure}, "no connection"),
	names("UC", 0, types{envoy: config.IntegrationFailure}, "the connection ended"),
	names("UR", 0, types{envoy: config.IntegrationFailure}, "the upstream reset the stream"),
	names("LR", 0, types{envoy: config.IntegrationFailure}, "Envoy reset the stream to the upstream"),
	names("UPE", 0, types{envoy: config.IntegrationFailure}, "the upstream broke the protocol"),
	names("UO", 0, types{envoy: config.IntegrationFailure}, "a circuit breaker of the cluster is open, or it is in maintenance"),
	names("DO", 0, types{envoy: config.IntegrationFailure}, "the cluster drops a share of its requests"),
	names("UDO", 0, types{envoy: config.IntegrationFailure}, "the cluster drops all of its requests"),
	names("OM", 0, types{envoy: config.IntegrationFailure}, "the overload manager reset the stream"),
	names("URX", 0, types{envoy: config.IntegrationFailure}, "no try is left"),
}

// names is a row for the flag called name.
func names(name string, status int, t types, remark string) flagRow {
	return flagRow{flag: name, bit: facts.ParseFlag(name), status: status, types: t, remark: remark}
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
var delayInjected = facts.ParseFlag("DI")

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
