// SPDX-License-Identifier: Apache-2.0

package apigateway

// CreateStageInput is what CreateStage takes.
type CreateStageInput struct {
	RestAPIID            string            `uri:"restapi_id" json:"-"`
	StageName            *string           `json:"stageName,omitzero"`
	DeploymentID         *string           `json:"deploymentId,omitzero"`
	Description          *string           `json:"description,omitzero"`
	CacheClusterEnabled  *bool             `json:"cacheClusterEnabled,omitzero"`
	CacheClusterSize     *string           `json:"cacheClusterSize,omitzero"`
	Variables            map[string]string `json:"variables,omitzero"`
	DocumentationVersion *string           `json:"documentationVersion,omitzero"`
	CanarySettings       *CanarySettings   `json:"canarySettings,omitzero"`
	TracingEnabled       *bool             `json:"tracingEnabled,omitzero"`
	Tags                 map[string]string `json:"tags,omitzero"`
}

// CanarySettings is AWS's shape CanarySettings.
type CanarySettings struct {
	PercentTraffic         float64           `json:"percentTraffic"`
	DeploymentID           string            `json:"deploymentId,omitzero"`
	StageVariableOverrides map[string]string `json:"stageVariableOverrides,omitzero"`
	UseStageCache          bool              `json:"useStageCache"`
}

// Stage is AWS's shape Stage.
type Stage struct {
	DeploymentID         string             `json:"deploymentId,omitzero"`
	ClientCertificateID  string             `json:"clientCertificateId,omitzero"`
	StageName            string             `json:"stageName,omitzero"`
	Description          string             `json:"description,omitzero"`
	CacheClusterEnabled  bool               `json:"cacheClusterEnabled"`
	CacheClusterSize     string             `json:"cacheClusterSize,omitzero"`
	CacheClusterStatus   string             `json:"cacheClusterStatus,omitzero"`
	MethodSettings       Map[MethodSetting] `json:"methodSettings"`
	Variables            map[string]string  `json:"variables,omitzero"`
	DocumentationVersion string             `json:"documentationVersion,omitzero"`
	AccessLogSettings    *AccessLogSettings `json:"accessLogSettings,omitzero"`
	CanarySettings       *CanarySettings    `json:"canarySettings,omitzero"`
	TracingEnabled       bool               `json:"tracingEnabled"`
	WebACLARN            string             `json:"webAclArn,omitzero"`
	Tags                 map[string]string  `json:"tags,omitzero"`
	CreatedDate          Time               `json:"createdDate,omitzero"`
	LastUpdatedDate      Time               `json:"lastUpdatedDate,omitzero"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
	// Unreleased says which gateways of a stage that was just changed are held back, and by what. It is no member of AWS's.
	Unreleased string `json:"-" header:"X-Gateway-Responses-Unreleased"`
}

// MethodSetting is AWS's shape MethodSetting.
type MethodSetting struct {
	MetricsEnabled                         bool    `json:"metricsEnabled"`
	LoggingLevel                           string  `json:"loggingLevel,omitzero"`
	DataTraceEnabled                       bool    `json:"dataTraceEnabled"`
	ThrottlingBurstLimit                   int     `json:"throttlingBurstLimit"`
	ThrottlingRateLimit                    float64 `json:"throttlingRateLimit"`
	CachingEnabled                         bool    `json:"cachingEnabled"`
	CacheTTLInSeconds                      int     `json:"cacheTtlInSeconds"`
	CacheDataEncrypted                     bool    `json:"cacheDataEncrypted"`
	RequireAuthorizationForCacheControl    bool    `json:"requireAuthorizationForCacheControl"`
	UnauthorizedCacheControlHeaderStrategy string  `json:"unauthorizedCacheControlHeaderStrategy"`
}

// AccessLogSettings is AWS's shape AccessLogSettings.
type AccessLogSettings struct {
	Format         string `json:"format,omitzero"`
	DestinationARN string `json:"destinationArn,omitzero"`
}

// GetStageInput is what GetStage takes.
type GetStageInput struct {
	RestAPIID string `uri:"restapi_id" json:"-"`
	StageName string `uri:"stage_name" json:"-"`
}

// GetStagesInput is what GetStages takes.
type GetStagesInput struct {
	RestAPIID    string `uri:"restapi_id" json:"-"`
	DeploymentID string `query:"deploymentId" json:"-"`
}

// Stages is AWS's shape Stages.
type Stages struct {
	Item List[Stage] `json:"item"`
}

// UpdateStageInput is what UpdateStage takes.
type UpdateStageInput struct {
	RestAPIID       string           `uri:"restapi_id" json:"-"`
	StageName       string           `uri:"stage_name" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// DeleteStageInput is what DeleteStage takes.
type DeleteStageInput struct {
	RestAPIID string `uri:"restapi_id" json:"-"`
	StageName string `uri:"stage_name" json:"-"`
}
