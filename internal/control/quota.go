// SPDX-License-Identifier: Apache-2.0

package control

import (
	"encoding/json"
	"fmt"
	"slices"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/store"
)

// What there may be of each thing. Where AWS has a quota that its customers know, such as that of resources, ours is not below it; the others
// keep one caller from filling the store, and lists short enough to be read as a whole.
const (
	// maxAPIs is how many REST APIs there may be.
	maxAPIs = 20_000
	// maxStages is how many stages an API may have.
	maxStages = 50
	// maxDeployments is how many deployments of an API are kept. The oldest that no stage points to goes when there is one more.
	maxDeployments = 200
	// maxResources is how many resources an API may have.
	maxResources = 1_000
	// maxResponsesSize is how large the gateway responses of an API may be together, in bytes of JSON: a quarter of the largest document.
	maxResponsesSize = 256 << 10
	// maxRecordSize is how large a record may be, in bytes of JSON: what requests add to step by step does not grow without end.
	maxRecordSize = 8 << 20
	// maxListedSize is that of a record which lists show as a whole, hundreds at a time: an API without its resources, a deployment
	// without its snapshot, a domain name.
	maxListedSize = 64 << 10
	// maxStageSize is that of a stage, which may have settings for every method.
	maxStageSize = 512 << 10
	// maxDomains is how many domain names there may be.
	maxDomains = 5_000
	// maxMappings is how many base path mappings a domain name may have.
	maxMappings = 2_500
	// maxTags is how many tags a thing may have.
	maxTags = 50
)

// recordSize is how large a record of a kind may be.
func recordSize(kind string) int {
	switch kind {
	case "api", "deployment", "domain":
		return maxListedSize
	case "stage":
		return maxStageSize
	default:
		return maxRecordSize
	}
}

// quota is how many records of a kind a scope may have.
type quota struct {
	kind string
	most int
	// what says what there are too many of.
	what string
}

var (
	quotaAPIs      = quota{"api", maxAPIs, "REST APIs"}
	quotaStages    = quota{"stage", maxStages, "stages of an API"}
	quotaResources = quota{"resource", maxResources, "resources of an API"}
	quotaDomains   = quota{"domain", maxDomains, "domain names"}
	quotaMappings  = quota{"mapping", maxMappings, "base path mappings of a domain name"}
)

// room refuses one more record where a quota is used up.
func (q quota) room(r store.Reader, scope string) error {
	n, err := r.Count(q.kind, scope)
	if err != nil {
		return err
	}
	if n >= q.most {
		return q.exceeded()
	}
	return nil
}

// exceeded says that a quota is used up.
func (q quota) exceeded() error {
	return apigateway.OverLimit("There can be %d %s: remove what is not needed", q.most, q.what)
}

// responsesFit refuses gateway responses of an API that are too large together.
func responsesFit(responses map[string]apigateway.GatewayResponse) error {
	body, err := json.Marshal(responses)
	if err != nil {
		return err
	}
	if len(body) > maxResponsesSize {
		return apigateway.OverLimit("The gateway responses of the API have %d bytes together, and %d at most", len(body), maxResponsesSize)
	}
	return nil
}

// makeRoomForDeployment removes the oldest deployments that no stage points to, so that one more can be kept.
func makeRoomForDeployment(t *change, api string) error {
	n, err := t.Count("deployment", api)
	if err != nil || n < maxDeployments {
		return err
	}
	kept, err := all[deployment](t, "deployment", api)
	if err != nil {
		return err
	}
	used, err := usedDeployments(t, api)
	if err != nil {
		return err
	}
	slices.SortStableFunc(kept, func(a, b deployment) int {
		return a.Deployment.CreatedDate.Compare(b.Deployment.CreatedDate.Time)
	})
	for excess := len(kept) - maxDeployments + 1; excess > 0 && len(kept) > 0; kept = kept[1:] {
		if used[kept[0].Deployment.ID] {
			continue
		}
		if err := t.removeDeployment(api, kept[0].Deployment.ID); err != nil {
			return fmt.Errorf("make room for a deployment: %w", err)
		}
		excess--
	}
	return nil
}
