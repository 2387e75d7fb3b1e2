// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"

	"gatewayresponses/internal/apigateway"
)

// GetAccount gives the settings of the account, of which there are none here: nothing throttles the APIs, and nothing is logged to
// CloudWatch.
func (c *Control) GetAccount(_ context.Context, by Caller, in apigateway.GetAccountInput) (apigateway.Account, error) {
	return apigateway.Account{}, anywhere(by, in)
}

// GetUsagePlans lists usage plans, of which there are none here. Tools ask for them.
func (c *Control) GetUsagePlans(_ context.Context, by Caller, in apigateway.GetUsagePlansInput) (apigateway.UsagePlans, error) {
	return apigateway.UsagePlans{}, anywhere(by, in)
}
