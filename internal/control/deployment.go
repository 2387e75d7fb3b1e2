// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"errors"
	"slices"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// deployment is the record of a deployment. Its snapshot is a record of its own.
type deployment struct {
	Deployment apigateway.Deployment `json:"deployment"`
	// Hash is the SHA-256 of the snapshot, in hex.
	Hash string `json:"hash"`
	// By is who made it.
	By string `json:"by"`
}

// shown is the deployment as callers get it.
func (d deployment) shown() apigateway.Deployment {
	d.Deployment.By, d.Deployment.Hash = d.By, d.Hash
	return d.Deployment
}

// CreateDeployment takes a snapshot of an API. With the name of a stage it moves the stage to it, which is made if need be, and
// releases the gateways that the stage is bound to. With a hash it does so only while the API is what has that hash.
func (c *Control) CreateDeployment(ctx context.Context, by Caller, in apigateway.CreateDeploymentInput) (out apigateway.Deployment, err error) {
	if err := onAPI(by, auth.Deploy, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "CreateDeployment", func(t *change) error {
		if _, err := c.lookupAPI(t, in.RestAPIID); err != nil {
			return err
		}
		if err := checkCanary(t, in); err != nil {
			return err
		}
		if out, err = c.deploy(t, by, in.RestAPIID, value(in.Description)); err != nil {
			return err
		}
		if in.Hash != "" && in.Hash != out.Hash {
			return apigateway.Conflict("the API was changed meanwhile: its hash is %s, and not %s", out.Hash, in.Hash)
		}
		if err := c.deployTo(t, by, in, out.ID); err != nil {
			return err
		}
		unprotected, err := c.unprotected(t, in.RestAPIID)
		if err != nil {
			return err
		}
		out.WithoutEffect = inHeader(unprotected)
		out.Unreleased, err = heldBackOf(t, in.RestAPIID, value(in.StageName))
		return err
	})
	return out, err
}

// deploy adds a deployment of an API as it is now.
func (c *Control) deploy(t *change, by Caller, api, description string) (made apigateway.Deployment, err error) {
	if err := makeRoomForDeployment(t, api); err != nil {
		return made, err
	}
	taken, err := c.takeSnapshot(t, api)
	if err != nil {
		return made, err
	}
	made = apigateway.Deployment{ID: newID(6), Description: description, CreatedDate: c.now()}
	body, hash, err := taken.Encode()
	if err != nil {
		return made, err
	}
	if err := t.Insert(store.Record{Key: snapshotKey(api, made.ID), Body: body}); err != nil {
		return made, err
	}
	made.ETag = etagOf(1)
	record := deployment{Deployment: made, Hash: hash, By: by.Name}
	return record.shown(), t.insert(deploymentKey(api, made.ID), "", record)
}

// lookupDeployment reads a deployment.
func lookupDeployment(r store.Reader, api, id string) (d deployment, err error) {
	d.Deployment.ETag, err = lookup(r, deploymentKey(api, id), &d, apigateway.NotFound("Invalid Deployment identifier specified"))
	return d, err
}

// GetDeployment gives a deployment, with a summary of its methods when the caller asks to embed it.
func (c *Control) GetDeployment(ctx context.Context, by Caller, in apigateway.GetDeploymentInput) (out apigateway.Deployment, err error) {
	if err := onAPI(by, auth.Read, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := c.lookupAPI(r, in.RestAPIID); err != nil {
			return err
		}
		d, err := lookupDeployment(r, in.RestAPIID, in.DeploymentID)
		if err != nil {
			return err
		}
		out = d.shown()
		if !slices.Contains(in.Embed, "apisummary") {
			return nil
		}
		taken, err := readSnapshot(r, in.RestAPIID, in.DeploymentID)
		out.APISummary = taken.Summary()
		return err
	})
	return out, err
}

// GetDeployments lists the deployments of an API.
func (c *Control) GetDeployments(ctx context.Context, by Caller, in apigateway.GetDeploymentsInput) (out apigateway.Deployments, err error) {
	if err := onAPI(by, auth.Read, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		if _, err := c.lookupAPI(r, in.RestAPIID); err != nil {
			return err
		}
		found, next, err := page[deployment](r, "deployment", in.RestAPIID, in.Position, in.Limit, nil)
		out = apigateway.Deployments{Position: next}
		for _, d := range found {
			out.Items = append(out.Items, d.shown())
		}
		return err
	})
	return out, err
}

// UpdateDeployment changes the description of a deployment.
func (c *Control) UpdateDeployment(ctx context.Context, by Caller, in apigateway.UpdateDeploymentInput) (out apigateway.Deployment, err error) {
	if err := onAPI(by, auth.Deploy, in.RestAPIID, in); err != nil {
		return out, err
	}
	err = c.change(ctx, by, "UpdateDeployment", func(t *change) error {
		if _, err := c.lookupAPI(t, in.RestAPIID); err != nil {
			return err
		}
		d, err := lookupDeployment(t, in.RestAPIID, in.DeploymentID)
		if err != nil {
			return err
		}
		key := deploymentKey(in.RestAPIID, in.DeploymentID)
		if err := c.match(t, by, key); err != nil {
			return err
		}
		if d.Deployment, err = apigateway.PatchDeployment(d.Deployment, in.PatchOperations); err != nil {
			return err
		}
		if d.Deployment.ETag, err = t.replace(key, "", d); err != nil {
			return err
		}
		out = d.shown()
		return nil
	})
	return out, err
}

// DeleteDeployment removes a deployment that no stage points to.
func (c *Control) DeleteDeployment(ctx context.Context, by Caller, in apigateway.DeleteDeploymentInput) (out apigateway.Empty, err error) {
	if err := onAPI(by, auth.Deploy, in.RestAPIID, in); err != nil {
		return out, err
	}
	return out, c.change(ctx, by, "DeleteDeployment", func(t *change) error {
		if _, err := c.lookupAPI(t, in.RestAPIID); err != nil {
			return err
		}
		if _, err := lookupDeployment(t, in.RestAPIID, in.DeploymentID); err != nil {
			return err
		}
		if err := c.match(t, by, deploymentKey(in.RestAPIID, in.DeploymentID)); err != nil {
			return err
		}
		used, err := usedDeployments(t, in.RestAPIID)
		if err != nil {
			return err
		}
		if used[in.DeploymentID] {
			return apigateway.BadRequest("Active stages pointing to this deployment must be moved or deleted")
		}
		return t.removeDeployment(in.RestAPIID, in.DeploymentID)
	})
}

// removeDeployment removes a deployment and its snapshot.
func (t *change) removeDeployment(api, id string) error {
	if err := t.Delete(snapshotKey(api, id)); err != nil && !errors.Is(err, store.ErrNotFound) {
		return err
	}
	return t.remove(deploymentKey(api, id))
}

// usedDeployments are the deployments of an API that stages point to, canaries included.
func usedDeployments(r store.Reader, api string) (map[string]bool, error) {
	stages, err := all[apigateway.Stage](r, "stage", api)
	used := map[string]bool{}
	for _, stage := range stages {
		used[stage.DeploymentID] = true
		if stage.CanarySettings != nil {
			used[stage.CanarySettings.DeploymentID] = true
		}
	}
	return used, err
}
