// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"strconv"
	"strings"
)

// The paths by which a canary is promoted: copy takes its deployment, and its variables.
const (
	canaryDeploymentPath = "/canarySettings/deploymentId"
	canaryVariablesPath  = "/canarySettings/stageVariableOverrides"
)

// stagePatches are the paths of a stage, but for those of method settings.
var stagePatches = patcher[Stage]{
	refused: badStagePath,
	rules: []patchRule[Stage]{
		{"/deploymentId", []string{opReplace, "copy"}, func(s *Stage, _ string, operation PatchOperation) error {
			if operation.Op == opReplace {
				s.DeploymentID = operation.Value
				return nil
			}
			return promote(s, operation)
		}},
		{"/variables", []string{"copy"}, func(s *Stage, _ string, operation PatchOperation) error { return promote(s, operation) }},
		entries("/variables/*", asIs, stageMemberMissing, func(s *Stage) *map[string]string { return &s.Variables }).withUpsert(),
		replacement("/description", func(s *Stage) *string { return &s.Description }),
		replacement("/documentationVersion", func(s *Stage) *string { return &s.DocumentationVersion }),
		replacement("/clientCertificateId", func(s *Stage) *string { return &s.ClientCertificateID }),
		oneOf("/cacheClusterSize", cacheClusterSizes, func(s *Stage) *string { return &s.CacheClusterSize }),
		toggle("/cacheClusterEnabled", func(s *Stage) *bool { return &s.CacheClusterEnabled }),
		toggle("/tracingEnabled", func(s *Stage) *bool { return &s.TracingEnabled }),
		{"/accessLogSettings", []string{opRemove}, func(s *Stage, _ string, _ PatchOperation) error {
			s.AccessLogSettings = nil
			return nil
		}},
		replacement("/accessLogSettings/destinationArn", func(s *Stage) *string { return &s.accessLog().DestinationARN }),
		replacement("/accessLogSettings/format", func(s *Stage) *string { return &s.accessLog().Format }),
		{"/canarySettings", []string{opRemove}, func(s *Stage, _ string, _ PatchOperation) error {
			s.CanarySettings = nil
			return nil
		}},
		replacement(canaryDeploymentPath, func(s *Stage) *string { return &s.canary().DeploymentID }),
		{"/canarySettings/percentTraffic", []string{opReplace}, func(s *Stage, _ string, operation PatchOperation) error {
			percent, err := strconv.ParseFloat(operation.Value, 64)
			if err != nil || !(0 <= percent && percent <= 100) {
				return BadRequest("Invalid value '%s' of /canarySettings/percentTraffic. Must be between 0.0 and 100.0", operation.Value)
			}
			s.canary().PercentTraffic = percent
			return nil
		}},
		toggle("/canarySettings/useStageCache", func(s *Stage) *bool { return &s.canary().UseStageCache }),
		entries(canaryVariablesPath+"/*", asIs, stageMemberMissing, func(s *Stage) *map[string]string { return &s.canary().StageVariableOverrides }).withUpsert(),
	},
}

// withUpsert lets replace make the member that is not there.
func (r patchRule[T]) withUpsert() patchRule[T] {
	apply := r.apply
	r.apply = func(value *T, key string, operation PatchOperation) error {
		if operation.Op == opReplace {
			operation.Op = opAdd
		}
		return apply(value, key, operation)
	}
	return r
}

// PatchStage carries operations out on a stage. The deployments that it names may not be there.
func PatchStage(s Stage, operations []PatchOperation) (Stage, error) {
	s.Variables, s.MethodSettings = own(s.Variables), own(s.MethodSettings)
	if s.AccessLogSettings != nil {
		settings := *s.AccessLogSettings
		s.AccessLogSettings = &settings
	}
	if s.CanarySettings != nil {
		canary := *s.CanarySettings
		canary.StageVariableOverrides = own(canary.StageVariableOverrides)
		s.CanarySettings = &canary
	}
	for _, operation := range operations {
		apply := stagePatches.apply
		if at, ok := parseMethodSetting(operation); ok {
			apply = at.apply
		}
		if err := apply(&s, operation); err != nil {
			return Stage{}, err
		}
	}
	return s, nil
}

// accessLog gives the settings of the access log, which are made when they are not there.
func (s *Stage) accessLog() *AccessLogSettings {
	if s.AccessLogSettings == nil {
		s.AccessLogSettings = &AccessLogSettings{}
	}
	return s.AccessLogSettings
}

// canary gives the settings of the canary. A new one has the deployment of the stage.
func (s *Stage) canary() *CanarySettings {
	if s.CanarySettings == nil {
		s.CanarySettings = &CanarySettings{DeploymentID: s.DeploymentID}
	}
	return s.CanarySettings
}

// promote makes what the canary has that of the stage.
func promote(s *Stage, operation PatchOperation) error {
	switch {
	case operation.Path == "/deploymentId" && operation.From == canaryDeploymentPath,
		operation.Path == "/variables" && operation.From == canaryVariablesPath:
	default:
		return badStagePath(operation, nil)
	}
	if s.CanarySettings == nil {
		return BadRequest("Promotion not available. Canary does not exist.")
	}
	if operation.Path == "/deploymentId" {
		s.DeploymentID = s.CanarySettings.DeploymentID
		return nil
	}
	for name, value := range s.CanarySettings.StageVariableOverrides {
		if s.Variables == nil {
			s.Variables = map[string]string{}
		}
		s.Variables[name] = value
	}
	return nil
}

// badStagePath says which paths a stage has. AWS has a text of its own for each operation.
func badStagePath(operation PatchOperation, _ []string) error {
	switch operation.Op {
	case opRemove:
		return nothingToRemove(operation)
	case opAdd:
		return BadRequest("Invalid add operation with path: %s", operation.Path)
	case "copy":
		return BadRequest("Invalid copy operation with path: %s and from %s. Valid copy:path are [/deploymentId, /variables] and valid copy:from are [%s, %s]", operation.Path, operation.From, canaryDeploymentPath, canaryVariablesPath)
	default:
		return BadRequest("Invalid method setting path: %s. Must be one of: [%s]", operation.Path, stagePaths)
	}
}

// nothingToRemove says that a stage does not have what is to be removed; AWS takes all that for method settings.
func nothingToRemove(operation PatchOperation) error {
	return BadRequest("Cannot remove method setting %s because there is no method setting for this method ", strings.TrimPrefix(operation.Path, "/"))
}

func stageMemberMissing() error { return NotFound("Invalid parameter name specified") }

// stagePaths are the paths of a stage as AWS lists them, missing commas included.
const stagePaths = "/deploymentId, /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId, /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format, " +
	"/{resourcePath}/{httpMethod}/metrics/enabled, /{resourcePath}/{httpMethod}/logging/dataTrace, /{resourcePath}/{httpMethod}/logging/loglevel, /{resourcePath}/{httpMethod}/throttling/burstLimit" +
	"/{resourcePath}/{httpMethod}/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds, /{resourcePath}/{httpMethod}/caching/enabled, /{resourcePath}/{httpMethod}/caching/dataEncrypted, " +
	"/{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl, /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy, " +
	"/*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel, /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds, /*/*/caching/enabled, /*/*/caching/dataEncrypted, " +
	"/*/*/caching/requireAuthorizationForCacheControl, /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name}, /tracingEnabled"
