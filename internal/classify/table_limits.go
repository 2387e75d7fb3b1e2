// SPDX-License-Identifier: Apache-2.0

package classify

import "gatewayresponses/config"

// late is a reply that did not come in time.
var late = types{envoy: config.IntegrationTimeout}

// limits are the details of the filters that count requests.
var limits = family{
	title: "Rates and quotas",
	rows: []row{
		{pattern: "local_rate_limited", types: types{envoy: config.Throttled}},
		{pattern: "request_rate_limited", types: types{envoy: config.Throttled}, author: somebodyIfBody, remark: "the rate limit service wrote the body"},
		{pattern: "rate_limiter_error", remark: "the service failed, and the owner chose the status for that: 429 looks like throttling, 500 like a failure"},
		{pattern: "rate_limited_by_quota", types: types{envoy: config.QuotaExceeded}, remark: "Envoy 1.36 gives no details"},
	},
}

// timeouts are the details of whatever took too long. Source of the two statuses: Utility::maybeRequestTimeoutCode.
var timeouts = family{
	title: "Timeouts",
	about: "Envoy says 504 once it has the whole request, and 408 while the client is still sending it.",
	rows: []row{
		{pattern: "response_timeout", types: late},
		{pattern: "upstream_per_try_*timeout", types: late},
		{pattern: "upstream_max_stream_duration_reached", status: 504, types: late},
		{pattern: "stream_idle_timeout", status: 504, types: late},
		{pattern: "request_overall_timeout", status: 504, types: late},
		{pattern: "max_duration_timeout", status: 504, types: late},
		{pattern: "upstream_max_stream_duration_reached", remark: "the client was slow"},
		{pattern: "stream_idle_timeout", remark: "the client was slow"},
		{pattern: "request_overall_timeout", remark: "the client was slow"},
		{pattern: "max_duration_timeout", remark: "the client was slow"},
		{pattern: "request_header_timeout", remark: "the client was slow"},
	},
}
