// SPDX-License-Identifier: Apache-2.0

package vars

// unansweredRows are AWS's names that nothing in Envoy answers. They are known, so that a document which uses them
// loads, and absent. Source: the $context variables of AWS's mapping templates and of its access logs.
var unansweredRows = []Row{
	{Name: "context.awsEndpointRequestId", About: "the request id of an AWS service behind the API"},
	{Name: "context.deploymentId", About: "the deployment of the API"},
	{Name: "context.isCanaryRequest", About: "whether the request went to a canary deployment"},
	{Name: "context.resourceId", About: "AWS's id of the resource"},
	{Name: "context.wafResponseCode", About: "what AWS WAF decided"},
	{Name: "context.webaclArn", About: "the rules by which AWS WAF decided"},

	{Name: "context.identity.accountId", About: "the AWS account of the client"},
	{Name: "context.identity.apiKeyId", About: "the id of the client's API key"},
	{Name: "context.identity.caller", About: "the AWS principal that signed the request"},
	{Name: "context.identity.cognitoAuthenticationProvider", About: "Amazon Cognito's providers"},
	{Name: "context.identity.cognitoAuthenticationType", About: "Amazon Cognito's type of authentication"},
	{Name: "context.identity.cognitoIdentityId", About: "Amazon Cognito's id of the client"},
	{Name: "context.identity.cognitoIdentityPoolId", About: "Amazon Cognito's pool of that id"},
	{Name: "context.identity.principalOrgId", About: "the AWS organisation of the client"},
	{Name: "context.identity.user", About: "the AWS user of the client"},
	{Name: "context.identity.userArn", About: "the resource name of that user"},
	{Name: "context.identity.vpcId", About: "the VPC of the client"},
	{Name: "context.identity.vpceId", About: "the VPC endpoint of the client"},

	{Name: "context.authenticate.NAME", About: "AWS's access logs: the authentication"},
	{Name: "context.authorize.NAME", About: "AWS's access logs: the authorization"},
	{Name: "context.customDomain.basePathMatched", About: "AWS's access logs: the base path of a custom domain"},
	{Name: "context.integration.NAME", About: "AWS's access logs: the call of the upstream"},
	{Name: "context.integrationErrorMessage", About: "AWS's access logs: why that call failed"},
	{Name: "context.integrationLatency", About: "AWS's access logs: how long it took"},
	{Name: "context.integrationStatus", About: "AWS's access logs: its status"},
	{Name: "context.responseLatency", About: "AWS's access logs: how long the whole reply took"},
	{Name: "context.responseLength", About: "AWS's access logs: the length of the reply"},
	{Name: "context.waf.NAME", About: "AWS's access logs: what AWS WAF did"},
	{Name: "context.xrayTraceId", About: "AWS's access logs: the trace of AWS X-Ray"},
}
