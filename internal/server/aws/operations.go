// SPDX-License-Identifier: Apache-2.0

package aws

import "gatewayresponses/internal/control"

// actions are the operations that are spoken, by AWS's names.
func actions(c *control.Control) map[string]action {
	return map[string]action{
		"CreateRestApi":         bind(c.CreateRestAPI),
		"GetRestApi":            bind(c.GetRestAPI),
		"GetRestApis":           bind(c.GetRestAPIs),
		"UpdateRestApi":         bind(c.UpdateRestAPI),
		"DeleteRestApi":         bind(c.DeleteRestAPI),
		"GetGatewayResponse":    bind(c.GetGatewayResponse),
		"GetGatewayResponses":   bind(c.GetGatewayResponses),
		"PutGatewayResponse":    bind(c.PutGatewayResponse),
		"UpdateGatewayResponse": bind(c.UpdateGatewayResponse),
		"DeleteGatewayResponse": bind(c.DeleteGatewayResponse),
		"CreateDeployment":      bind(c.CreateDeployment),
		"GetDeployment":         bind(c.GetDeployment),
		"GetDeployments":        bind(c.GetDeployments),
		"UpdateDeployment":      bind(c.UpdateDeployment),
		"DeleteDeployment":      bind(c.DeleteDeployment),
		"CreateStage":           bind(c.CreateStage),
		"GetStage":              bind(c.GetStage),
		"GetStages":             bind(c.GetStages),
		"UpdateStage":           bind(c.UpdateStage),
		"DeleteStage":           bind(c.DeleteStage),
		"TagResource":           bind(c.TagResource),
		"UntagResource":         bind(c.UntagResource),
		"GetTags":               bind(c.GetTags),
		"GetAccount":            bind(c.GetAccount),
		"GetUsagePlans":         bind(c.GetUsagePlans),
		"CreateDomainName":      bind(c.CreateDomainName),
		"GetDomainName":         bind(c.GetDomainName),
		"GetDomainNames":        bind(c.GetDomainNames),
		"UpdateDomainName":      bind(c.UpdateDomainName),
		"DeleteDomainName":      bind(c.DeleteDomainName),
		"CreateBasePathMapping": bind(c.CreateBasePathMapping),
		"GetBasePathMapping":    bind(c.GetBasePathMapping),
		"GetBasePathMappings":   bind(c.GetBasePathMappings),
		"UpdateBasePathMapping": bind(c.UpdateBasePathMapping),
		"DeleteBasePathMapping": bind(c.DeleteBasePathMapping),
	}
}
