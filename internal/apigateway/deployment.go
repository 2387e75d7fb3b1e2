// SPDX-License-Identifier: Apache-2.0

package apigateway

// CreateDeploymentInput is what CreateDeployment takes.
type CreateDeploymentInput struct {
	RestAPIID           string                    `uri:"restapi_id" json:"-"`
	StageName           *string                   `json:"stageName,omitzero"`
	StageDescription    *string                   `json:"stageDescription,omitzero"`
	Description         *string                   `json:"description,omitzero"`
	CacheClusterEnabled *bool                     `json:"cacheClusterEnabled,omitzero"`
	CacheClusterSize    *string                   `json:"cacheClusterSize,omitzero"`
	Variables           map[string]string         `json:"variables,omitzero"`
	CanarySettings      *DeploymentCanarySettings `json:"canarySettings,omitzero"`
	TracingEnabled      *bool                     `json:"tracingEnabled,omitzero"`
	// Hash is what Deployment.Hash has to become; empty is anything. It is no member of AWS's.
	Hash string `json:"-"`
}

// DeploymentCanarySettings is AWS's shape DeploymentCanarySettings.
type DeploymentCanarySettings struct {
	PercentTraffic         float64           `json:"percentTraffic,omitzero"`
	StageVariableOverrides map[string]string `json:"stageVariableOverrides,omitzero"`
	UseStageCache          bool              `json:"useStageCache,omitzero"`
}

// Deployment is AWS's shape Deployment.
type Deployment struct {
	ID          string                               `json:"id,omitzero"`
	Description string                               `json:"description,omitzero"`
	CreatedDate Time                                 `json:"createdDate,omitzero"`
	APISummary  map[string]map[string]MethodSnapshot `json:"apiSummary,omitzero"`
	// ETag is the version of the value, as the header of the same name says it.
	ETag string `json:"-" etag:""`
	// By is who made it, Hash the SHA-256 of its snapshot in hex. They are no members of AWS's.
	By   string `json:"-"`
	Hash string `json:"-"`
	// WithoutEffect lists the settings of the API that imply protection that nobody here gives. It is no member of AWS's.
	WithoutEffect string `json:"-" header:"X-Gateway-Responses-Without-Effect"`
	// Unreleased says which gateways of the stage are held back, and by what. It is no member of AWS's.
	Unreleased string `json:"-" header:"X-Gateway-Responses-Unreleased"`
}

// MethodSnapshot is AWS's shape MethodSnapshot.
type MethodSnapshot struct {
	AuthorizationType string `json:"authorizationType,omitzero"`
	APIKeyRequired    bool   `json:"apiKeyRequired,omitzero"`
}

// GetDeploymentInput is what GetDeployment takes.
type GetDeploymentInput struct {
	RestAPIID    string   `uri:"restapi_id" json:"-"`
	DeploymentID string   `uri:"deployment_id" json:"-"`
	Embed        []string `query:"embed" json:"-"`
}

// GetDeploymentsInput is what GetDeployments takes.
type GetDeploymentsInput struct {
	RestAPIID string `uri:"restapi_id" json:"-"`
	Position  string `query:"position" json:"-"`
	Limit     int    `query:"limit" json:"-"`
}

// Deployments is AWS's shape Deployments.
type Deployments struct {
	Position string           `json:"position,omitzero"`
	Items    List[Deployment] `json:"item"`
}

// UpdateDeploymentInput is what UpdateDeployment takes.
type UpdateDeploymentInput struct {
	RestAPIID       string           `uri:"restapi_id" json:"-"`
	DeploymentID    string           `uri:"deployment_id" json:"-"`
	PatchOperations []PatchOperation `json:"patchOperations,omitzero"`
}

// DeleteDeploymentInput is what DeleteDeployment takes.
type DeleteDeploymentInput struct {
	RestAPIID    string `uri:"restapi_id" json:"-"`
	DeploymentID string `uri:"deployment_id" json:"-"`
}

// deploymentPatches are the paths of a deployment.
var deploymentPatches = patcher[Deployment]{
	refused: badPathForOp("/description"),
	rules: []patchRule[Deployment]{
		replacement("/description", func(d *Deployment) *string { return &d.Description }),
	},
}

// PatchDeployment carries operations out on a deployment.
func PatchDeployment(d Deployment, operations []PatchOperation) (Deployment, error) {
	return deploymentPatches.patch(d, operations)
}
