// SPDX-License-Identifier: Apache-2.0

package classify

import "gatewayresponses/config"

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
