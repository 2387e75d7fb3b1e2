// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// stageLink is what the record of a stage links to.
func stageLink(api string, stage apigateway.Stage) string { return api + "/" + stage.DeploymentID }

// lookupStage reads a stage.
func lookupStage(r store.Reader, api, name string) (stage apigateway.Stage, err error) {
	stage.ETag, err = lookup(r, stageKey(api, name), &stage, apigateway.NotFound("Invalid stage identifier specified"))
	return stage, err
}

// CreateStage makes a stage that serves a deployment.
func (c *Control) CreateStage(ctx context.Context, by Caller, in apigateway.CreateStageInput) (out apigateway.Stage, err error) {
	if err := onAPI(by, auth.Deploy, in.RestAPIID, in); err != nil {
		return out, err
	}
	if err := checkTags(in.Tags); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "CreateStage", func(t *change) error {
		if _, err := c.lookupAPI(t, in.RestAPIID); err != nil {
			return err
		}
		out = c.newStage(value(in.StageName), value(in.DeploymentID))
		out.Description = value(in.Description)
		out.CacheClusterEnabled = value(in.CacheClusterEnabled)
		out.CacheClusterSize = value(in.CacheClusterSize)
		out.Variables = in.Variables
		out.DocumentationVersion = value(in.DocumentationVersion)
		out.CanarySettings = in.CanarySettings
		out.TracingEnabled = value(in.TracingEnabled)
		out.Tags = in.Tags
		if canary := out.CanarySettings; canary != nil && canary.DeploymentID == "" {
			canary.DeploymentID = out.DeploymentID
		}
		if err := c.insertStage(t, by, in.RestAPIID, &out); err != nil {
			return err
		}
		out.Unreleased, err = heldBackOf(t, in.RestAPIID, out.StageName)
		return err
	})
	return out, err
}

// newStage is a stage with AWS's defaults.
func (c *Control) newStage(name, deployment string) apigateway.Stage {
	return apigateway.Stage{StageName: name, DeploymentID: deployment, CreatedDate: c.now(), LastUpdatedDate: c.now()}
}

// insertStage adds a stage, and releases the gateways to which all stages of its API are bound.
func (c *Control) insertStage(t *change, by Caller, api string, stage *apigateway.Stage) error {
	if !isStageName(stage.StageName) {
		return apigateway.BadRequest("Stage name only allows a-zA-Z0-9_-")
	}
	if err := c.checkStage(t, api, apigateway.Stage{}, *stage); err != nil {
		return err
	}
	if err := quotaStages.room(t, api); err != nil {
		return err
	}
	cacheStatus(stage)
	err := t.insert(stageKey(api, stage.StageName), stageLink(api, *stage), *stage)
	if errors.Is(err, store.ErrExists) {
		return apigateway.Conflict("Stage already exists")
	}
	if err != nil {
		return err
	}
	stage.ETag = etagOf(1)
	return c.releaseStage(t, by, api, stage.StageName)
}

// cacheStatus says of the cache of a stage what it is told to be: there is none here, and tools wait for it.
func cacheStatus(stage *apigateway.Stage) {
	stage.CacheClusterStatus = "NOT_AVAILABLE"
	if stage.CacheClusterEnabled {
		stage.CacheClusterStatus = "AVAILABLE"
	}
}

// isStageName reports whether a text can be the name of a stage.
func isStageName(name string) bool {
	return name != "" && len(name) <= 128 && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-") == ""
}

// checkStage refuses a stage that points to deployments that are not there, or has new settings without effect.
func (c *Control) checkStage(r store.Reader, api string, before, stage apigateway.Stage) error {
	if err := stage.Check(); err != nil {
		return err
	}
	if err := c.refuse(apigateway.StageEffects(before), apigateway.StageEffects(stage)); err != nil {
		return err
	}
	ids := []string{stage.DeploymentID}
	if stage.CanarySettings != nil {
		ids = append(ids, stage.CanarySettings.DeploymentID)
	}
	for _, id := range ids {
		if _, err := r.Get(deploymentKey(api, id)); errors.Is(err, store.ErrNotFound) {
			return apigateway.BadRequest("Deployment id does not exist")
		} else if err != nil {
			return err
		}
	}
	return nil
}

// GetStage gives a stage.
func (c *Control) GetStage(ctx context.Context, by Caller, in apigateway.GetStageInput) (out apigateway.Stage, err error) {
	if err := onAPI(by, auth.Read, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := c.lookupAPI(r, in.RestAPIID); err != nil {
			return err
		}
		out, err = lookupStage(r, in.RestAPIID, in.StageName)
		return err
	})
	return out, err
}

// GetStages lists the stages of an API, or those that serve a deployment.
func (c *Control) GetStages(ctx context.Context, by Caller, in apigateway.GetStagesInput) (out apigateway.Stages, err error) {
	if err := onAPI(by, auth.Read, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := c.lookupAPI(r, in.RestAPIID); err != nil {
			return err
		}
		out.Item, err = all[apigateway.Stage](r, "stage", in.RestAPIID)
		if in.DeploymentID != "" {
			out.Item = slices.DeleteFunc(out.Item, func(stage apigateway.Stage) bool { return stage.DeploymentID != in.DeploymentID })
		}
		return err
	})
	return out, err
}

// UpdateStage changes a stage, and releases the gateways that it is bound to.
func (c *Control) UpdateStage(ctx context.Context, by Caller, in apigateway.UpdateStageInput) (out apigateway.Stage, err error) {
	if err := onAPI(by, auth.Deploy, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "UpdateStage", func(t *change) error {
		if _, err := c.lookupAPI(t, in.RestAPIID); err != nil {
			return err
		}
		stage, err := lookupStage(t, in.RestAPIID, in.StageName)
		if err != nil {
			return err
		}
		if err := c.match(t, by, stageKey(in.RestAPIID, in.StageName)); err != nil {
			return err
		}
		patched, err := apigateway.PatchStage(stage, in.PatchOperations)
		if err != nil {
			return err
		}
		if out, err = c.replaceStage(t, by, in.RestAPIID, stage, patched); err != nil {
			return err
		}
		out.Unreleased, err = heldBackOf(t, in.RestAPIID, in.StageName)
		return err
	})
	return out, err
}

// replaceStage stores a changed stage, and releases the gateways that it is bound to.
func (c *Control) replaceStage(t *change, by Caller, api string, before, stage apigateway.Stage) (apigateway.Stage, error) {
	if err := c.checkStage(t, api, before, stage); err != nil {
		return stage, err
	}
	cacheStatus(&stage)
	stage.LastUpdatedDate = c.now()
	var err error
	if stage.ETag, err = t.replace(stageKey(api, stage.StageName), stageLink(api, stage), stage); err != nil {
		return stage, err
	}
	return stage, c.releaseStage(t, by, api, stage.StageName)
}

// releaseStage releases the gateways that a stage is bound to.
func (c *Control) releaseStage(t *change, by Caller, api, stage string) error {
	gateways, err := gatewaysOf(t, api, stage)
	if err != nil {
		return err
	}
	return c.release(t, by, stageCause(api, stage), gateways...)
}

// DeleteStage removes a stage, unless a base path mapping leads to it, and releases the gateways to which all stages of its API are bound.
func (c *Control) DeleteStage(ctx context.Context, by Caller, in apigateway.DeleteStageInput) (out apigateway.Empty, err error) {
	if err := onAPI(by, auth.Deploy, in.RestAPIID, in); err != nil {
		return out, err
	}
	return out, c.change(ctx, by, "DeleteStage", func(t *change) error {
		if _, err := c.lookupAPI(t, in.RestAPIID); err != nil {
			return err
		}
		if _, err := lookupStage(t, in.RestAPIID, in.StageName); err != nil {
			return err
		}
		key := stageKey(in.RestAPIID, in.StageName)
		if err := c.match(t, by, key); err != nil {
			return err
		}
		hosts, err := mappedHosts(t, in.RestAPIID+"/"+in.StageName)
		if err != nil {
			return err
		}
		if len(hosts) > 0 {
			return apigateway.BadRequest("Deleting stage %s failed. Please remove all base path mappings related to the stage in your domains: %s.",
				in.StageName, strings.Join(hosts, ", "))
		}
		if err := t.remove(key); err != nil {
			return err
		}
		return c.releaseStage(t, by, in.RestAPIID, in.StageName)
	})
}
