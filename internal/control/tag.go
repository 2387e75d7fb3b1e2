// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"maps"
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// tagged is something that has tags.
type tagged struct {
	// api and stage name a REST API, or a stage of one; host names a domain name.
	api, stage, host string
}

// taggedBy finds what an ARN names, such as arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5/stages/prod. Partition and region are not
// looked at: tools put their own.
func taggedBy(arn string) (tagged, error) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) == 6 && parts[0] == "arn" && parts[2] == "apigateway" {
		switch path := strings.Split(strings.TrimPrefix(parts[5], "/"), "/"); {
		case slices.Contains(path, ""):
		case len(path) == 2 && path[0] == "restapis":
			return tagged{api: path[1]}, nil
		case len(path) == 4 && path[0] == "restapis" && path[2] == "stages":
			return tagged{api: path[1], stage: path[3]}, nil
		case len(path) == 2 && path[0] == "domainnames":
			return tagged{host: hostName(path[1])}, nil
		}
	}
	return tagged{}, apigateway.BadRequest("Invalid ARN specified in the request")
}

// admit refuses callers who may not read the tags of something, or change them.
func (g tagged) admit(by Caller, change bool, in any) error {
	role := auth.Read
	switch {
	case change && g.stage == "" && g.host == "":
		role = auth.Edit
	case change:
		role = auth.Deploy
	}
	if g.host != "" {
		return onHost(by, role, g.host, in)
	}
	return onAPI(by, role, g.api, in)
}

// tags reads the tags of something.
func (c *Control) tags(r store.Reader, g tagged) (map[string]string, error) {
	if g.host != "" {
		d, err := lookupDomain(r, g.host)
		return d.Tags, err
	}
	api, err := c.lookupAPI(r, g.api)
	if err != nil || g.stage == "" {
		return api.Tags, err
	}
	stage, err := lookupStage(r, g.api, g.stage)
	return stage.Tags, err
}

// setTags stores the tags of something that is there. The tag "gateway" of a domain name moves it.
func (c *Control) setTags(t *change, by Caller, g tagged, tags map[string]string) error {
	if err := checkTags(tags); err != nil {
		return err
	}
	if len(tags) == 0 {
		tags = nil
	}
	switch {
	case g.host != "":
		d, err := lookupDomain(t, g.host)
		if err != nil {
			return err
		}
		gateway := d.Gateway
		if tags[gatewayTag] != d.Tags[gatewayTag] {
			gateway = gatewayOf(tags)
		}
		d.Tags = tags
		return c.moveDomain(t, by, d, gateway)
	case g.stage != "":
		stage, err := lookupStage(t, g.api, g.stage)
		if err != nil {
			return err
		}
		stage.Tags = tags
		return t.update(stageKey(g.api, g.stage), stageLink(g.api, stage), stage)
	default:
		api, err := c.lookupAPI(t, g.api)
		if err != nil {
			return err
		}
		api.Tags = tags
		return t.update(apiKey(g.api), "", api)
	}
}

// changeTags stores what a function makes of the tags of something.
func (c *Control) changeTags(ctx context.Context, by Caller, action, arn string, in any, made func(map[string]string)) error {
	g, err := taggedBy(arn)
	if err != nil {
		return err
	}
	if err := g.admit(by, true, in); err != nil {
		return err
	}
	return c.change(ctx, by, action, func(t *change) error {
		now, err := c.tags(t, g)
		if err != nil {
			return err
		}
		tags := map[string]string{}
		maps.Copy(tags, now)
		made(tags)
		if maps.Equal(tags, now) {
			return nil
		}
		return c.setTags(t, by, g, tags)
	})
}

// TagResource sets tags of a REST API, a stage or a domain name.
func (c *Control) TagResource(ctx context.Context, by Caller, in apigateway.TagResourceInput) (out apigateway.Empty, err error) {
	return out, c.changeTags(ctx, by, "TagResource", in.ResourceARN, in, func(tags map[string]string) {
		maps.Copy(tags, in.Tags)
	})
}

// UntagResource removes tags.
func (c *Control) UntagResource(ctx context.Context, by Caller, in apigateway.UntagResourceInput) (out apigateway.Empty, err error) {
	return out, c.changeTags(ctx, by, "UntagResource", in.ResourceARN, in, func(tags map[string]string) {
		for _, key := range in.TagKeys {
			delete(tags, key)
		}
	})
}

// GetTags gives the tags of a REST API, a stage or a domain name, all of them at once: there are never many.
func (c *Control) GetTags(ctx context.Context, by Caller, in apigateway.GetTagsInput) (out apigateway.Tags, err error) {
	g, err := taggedBy(in.ResourceARN)
	if err != nil {
		return out, err
	}
	if err := g.admit(by, false, in); err != nil {
		return out, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		out.Tags, err = c.tags(r, g)
		return err
	})
	if out.Tags == nil {
		out.Tags = map[string]string{}
	}
	return out, err
}

// checkTags refuses tags that AWS refuses.
func checkTags(tags map[string]string) error {
	for key, value := range tags {
		switch {
		case key == "" || len(key) > 128 || len(value) > 256:
			return apigateway.BadRequest("Invalid tag %q: a key has 1 to 128 bytes, a value 256 at most", key)
		case strings.HasPrefix(key, "aws:"):
			return apigateway.BadRequest("Invalid tag %q: keys that begin with aws: are AWS's own", key)
		}
	}
	if len(tags) > maxTags {
		return apigateway.OverLimit("A resource has %d tags at most", maxTags)
	}
	return nil
}
