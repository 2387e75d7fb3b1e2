// SPDX-License-Identifier: Apache-2.0

package apigateway

// TagResourceInput is what TagResource takes.
type TagResourceInput struct {
	ResourceARN string            `uri:"resource_arn" json:"-"`
	Tags        map[string]string `json:"tags,omitzero"`
}

// UntagResourceInput is what UntagResource takes.
type UntagResourceInput struct {
	ResourceARN string   `uri:"resource_arn" json:"-"`
	TagKeys     []string `query:"tagKeys" json:"-"`
}

// GetTagsInput is what GetTags takes.
type GetTagsInput struct {
	ResourceARN string `uri:"resource_arn" json:"-"`
	Position    string `query:"position" json:"-"`
	Limit       int    `query:"limit" json:"-"`
}

// Tags is AWS's shape Tags.
type Tags struct {
	Tags map[string]string `json:"tags,omitzero"`
}

// GetAccountInput is what GetAccount takes.
type GetAccountInput struct{}

// Account is AWS's shape Account.
type Account struct {
	CloudwatchRoleARN string            `json:"cloudwatchRoleArn,omitzero"`
	ThrottleSettings  *ThrottleSettings `json:"throttleSettings,omitzero"`
	Features          []string          `json:"features,omitzero"`
	APIKeyVersion     string            `json:"apiKeyVersion,omitzero"`
}

// ThrottleSettings is AWS's shape ThrottleSettings.
type ThrottleSettings struct {
	BurstLimit int     `json:"burstLimit,omitzero"`
	RateLimit  float64 `json:"rateLimit,omitzero"`
}

// GetUsagePlansInput is what GetUsagePlans takes.
type GetUsagePlansInput struct {
	Position string `query:"position" json:"-"`
	KeyID    string `query:"keyId" json:"-"`
	Limit    int    `query:"limit" json:"-"`
}

// UsagePlans is AWS's shape UsagePlans.
type UsagePlans struct {
	Position string          `json:"position,omitzero"`
	Items    List[UsagePlan] `json:"item"`
}

// UsagePlan is AWS's shape UsagePlan.
type UsagePlan struct {
	ID          string            `json:"id,omitzero"`
	Name        string            `json:"name,omitzero"`
	Description string            `json:"description,omitzero"`
	APIStages   []APIStage        `json:"apiStages,omitzero"`
	Throttle    *ThrottleSettings `json:"throttle,omitzero"`
	Quota       *QuotaSettings    `json:"quota,omitzero"`
	ProductCode string            `json:"productCode,omitzero"`
	Tags        map[string]string `json:"tags,omitzero"`
}

// APIStage is AWS's shape ApiStage.
type APIStage struct {
	APIID    string                      `json:"apiId,omitzero"`
	Stage    string                      `json:"stage,omitzero"`
	Throttle map[string]ThrottleSettings `json:"throttle,omitzero"`
}

// QuotaSettings is AWS's shape QuotaSettings.
type QuotaSettings struct {
	Limit  int    `json:"limit,omitzero"`
	Offset int    `json:"offset,omitzero"`
	Period string `json:"period,omitzero"`
}
