// SPDX-License-Identifier: Apache-2.0

package apigateway

// The values that AWS's model allows. Where an answer of AWS that lists them is known, they stand in its order, which is that of a
// hash table; else in that of the model.
var (
	patchOps = []string{"add", "remove", "move", "test", "replace", "copy"}

	responseTypes = []string{
		"REQUEST_TOO_LARGE", "RESOURCE_NOT_FOUND", "AUTHORIZER_CONFIGURATION_ERROR", "MISSING_AUTHENTICATION_TOKEN", "BAD_REQUEST_BODY",
		"INVALID_SIGNATURE", "INVALID_API_KEY", "BAD_REQUEST_PARAMETERS", "AUTHORIZER_FAILURE", "UNAUTHORIZED", "INTEGRATION_TIMEOUT",
		"ACCESS_DENIED", "DEFAULT_4XX", "DEFAULT_5XX", "WAF_FILTERED", "QUOTA_EXCEEDED", "THROTTLED", "API_CONFIGURATION_ERROR",
		"UNSUPPORTED_MEDIA_TYPE", "INTEGRATION_FAILURE", "EXPIRED_TOKEN",
	}

	integrationTypes = []string{"HTTP", "MOCK", "AWS_PROXY", "HTTP_PROXY", "AWS"}
	endpointTypes    = []string{"PRIVATE", "EDGE", "REGIONAL"}
	ipAddressTypes   = []string{"ipv4", "dualstack"}

	apiKeySources         = []string{"HEADER", "AUTHORIZER"}
	endpointAccessModes   = []string{"BASIC", "STRICT"}
	importModes           = []string{"merge", "overwrite"}
	cacheClusterSizes     = []string{"0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237"}
	connectionTypes       = []string{"INTERNET", "VPC_LINK"}
	contentHandlings      = []string{"CONVERT_TO_BINARY", "CONVERT_TO_TEXT"}
	passthroughBehaviors  = []string{"WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER"}
	responseTransferModes = []string{"BUFFERED", "STREAM"}
	routingModes          = []string{"BASE_PATH_MAPPING_ONLY", "ROUTING_RULE_ONLY", "ROUTING_RULE_THEN_BASE_PATH_MAPPING"}
	resourceOwners        = []string{"SELF", "OTHER_ACCOUNTS"}

	securityPolicies = []string{
		"TLS_1_0", "TLS_1_2", "SecurityPolicy_TLS13_1_3_2025_09", "SecurityPolicy_TLS13_1_3_FIPS_2025_09",
		"SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09", "SecurityPolicy_TLS13_1_2_FIPS_PQ_2025_09", "SecurityPolicy_TLS13_1_2_FIPS_PFS_PQ_2025_09",
		"SecurityPolicy_TLS13_1_2_Ext2_PQ_2025_09", "SecurityPolicy_TLS13_1_2_Ext2_FIPS_PQ_2025_09", "SecurityPolicy_TLS13_1_2_PQ_2025_09",
		"SecurityPolicy_TLS13_1_2_2021_06", "SecurityPolicy_TLS13_2025_EDGE", "SecurityPolicy_TLS12_PFS_2025_EDGE", "SecurityPolicy_TLS12_2018_EDGE",
	}
)
