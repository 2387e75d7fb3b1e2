// SPDX-License-Identifier: Apache-2.0

package apigateway

// Operation is one operation of API Gateway.
type Operation struct {
	// Name is AWS's name of it.
	Name string
	// Method and Path are those of its requests. {name} in the path is bound to the members of the input that are tagged so.
	Method, Path string
	// Status is that of success.
	Status int
}

// Operations are the operations of API Gateway that this project speaks, in the order of AWS's model.
var Operations = []Operation{
	{"CreateRestApi", "POST", "/restapis", 201},
	{"GetRestApi", "GET", "/restapis/{restapi_id}", 200},
	{"GetRestApis", "GET", "/restapis", 200},
	{"UpdateRestApi", "PATCH", "/restapis/{restapi_id}", 200},
	{"DeleteRestApi", "DELETE", "/restapis/{restapi_id}", 202},
	{"ImportRestApi", "POST", "/restapis?mode=import", 201},
	{"PutRestApi", "PUT", "/restapis/{restapi_id}", 200},
	{"GetGatewayResponse", "GET", "/restapis/{restapi_id}/gatewayresponses/{response_type}", 200},
	{"GetGatewayResponses", "GET", "/restapis/{restapi_id}/gatewayresponses", 200},
	{"PutGatewayResponse", "PUT", "/restapis/{restapi_id}/gatewayresponses/{response_type}", 201},
	{"UpdateGatewayResponse", "PATCH", "/restapis/{restapi_id}/gatewayresponses/{response_type}", 200},
	{"DeleteGatewayResponse", "DELETE", "/restapis/{restapi_id}/gatewayresponses/{response_type}", 202},
	{"CreateDeployment", "POST", "/restapis/{restapi_id}/deployments", 201},
	{"GetDeployment", "GET", "/restapis/{restapi_id}/deployments/{deployment_id}", 200},
	{"GetDeployments", "GET", "/restapis/{restapi_id}/deployments", 200},
	{"UpdateDeployment", "PATCH", "/restapis/{restapi_id}/deployments/{deployment_id}", 200},
	{"DeleteDeployment", "DELETE", "/restapis/{restapi_id}/deployments/{deployment_id}", 202},
	{"CreateStage", "POST", "/restapis/{restapi_id}/stages", 201},
	{"GetStage", "GET", "/restapis/{restapi_id}/stages/{stage_name}", 200},
	{"GetStages", "GET", "/restapis/{restapi_id}/stages", 200},
	{"UpdateStage", "PATCH", "/restapis/{restapi_id}/stages/{stage_name}", 200},
	{"DeleteStage", "DELETE", "/restapis/{restapi_id}/stages/{stage_name}", 202},
	{"GetExport", "GET", "/restapis/{restapi_id}/stages/{stage_name}/exports/{export_type}", 200},
	{"TagResource", "PUT", "/tags/{resource_arn}", 204},
	{"UntagResource", "DELETE", "/tags/{resource_arn}", 204},
	{"GetTags", "GET", "/tags/{resource_arn}", 200},
	{"GetAccount", "GET", "/account", 200},
	{"GetUsagePlans", "GET", "/usageplans", 200},
	{"CreateResource", "POST", "/restapis/{restapi_id}/resources/{parent_id}", 201},
	{"GetResource", "GET", "/restapis/{restapi_id}/resources/{resource_id}", 200},
	{"GetResources", "GET", "/restapis/{restapi_id}/resources", 200},
	{"DeleteResource", "DELETE", "/restapis/{restapi_id}/resources/{resource_id}", 202},
	{"UpdateResource", "PATCH", "/restapis/{restapi_id}/resources/{resource_id}", 200},
	{"PutMethod", "PUT", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}", 201},
	{"GetMethod", "GET", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}", 200},
	{"UpdateMethod", "PATCH", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}", 200},
	{"DeleteMethod", "DELETE", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}", 204},
	{"PutMethodResponse", "PUT", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}", 201},
	{"GetMethodResponse", "GET", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}", 200},
	{"UpdateMethodResponse", "PATCH", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}", 201},
	{"DeleteMethodResponse", "DELETE", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}", 204},
	{"PutIntegration", "PUT", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration", 201},
	{"GetIntegration", "GET", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration", 200},
	{"UpdateIntegration", "PATCH", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration", 200},
	{"DeleteIntegration", "DELETE", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration", 204},
	{"PutIntegrationResponse", "PUT", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}", 201},
	{"GetIntegrationResponse", "GET", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}", 200},
	{"UpdateIntegrationResponse", "PATCH", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}", 200},
	{"DeleteIntegrationResponse", "DELETE", "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration/responses/{status_code}", 204},
	{"CreateDomainName", "POST", "/domainnames", 201},
	{"GetDomainName", "GET", "/domainnames/{domain_name}", 200},
	{"GetDomainNames", "GET", "/domainnames", 200},
	{"UpdateDomainName", "PATCH", "/domainnames/{domain_name}", 200},
	{"DeleteDomainName", "DELETE", "/domainnames/{domain_name}", 202},
	{"CreateBasePathMapping", "POST", "/domainnames/{domain_name}/basepathmappings", 201},
	{"GetBasePathMapping", "GET", "/domainnames/{domain_name}/basepathmappings/{base_path}", 200},
	{"GetBasePathMappings", "GET", "/domainnames/{domain_name}/basepathmappings", 200},
	{"UpdateBasePathMapping", "PATCH", "/domainnames/{domain_name}/basepathmappings/{base_path}", 200},
	{"DeleteBasePathMapping", "DELETE", "/domainnames/{domain_name}/basepathmappings/{base_path}", 202},
}

// Empty is the output of operations that answer nothing.
type Empty struct{}
