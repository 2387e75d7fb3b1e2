// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
)

// refuse refuses settings that imply protection that nobody here gives, unless the server accepts them as they are. What was there before
// stays: a server that no longer accepts them can still be deployed to.
func (c *Control) refuse(before, after []apigateway.Effect) error {
	if c.options.AcceptWithoutEffect {
		return nil
	}
	return apigateway.Refuse(slices.DeleteFunc(after, func(e apigateway.Effect) bool { return slices.Contains(before, e) }))
}

// Unprotected is a setting of an API that implies protection, and that has no effect here.
type Unprotected struct {
	// Place is what has the setting: "API", "stage prod" or "method GET /pets".
	Place string `json:"place"`
	// Setting is its name, and Meaning says what does not happen, and what would make it happen.
	Setting string `json:"setting"`
	Meaning string `json:"meaning"`
}

// WithoutEffect lists the settings of an API, its stages and its methods as they are now that imply protection that nobody here gives. There
// are none unless the server accepts them.
func (c *Control) WithoutEffect(ctx context.Context, by Caller, api string) (found []Unprotected, err error) {
	if err := onAPI(by, auth.Read, api, nil); err != nil {
		return nil, err
	}
	err = c.store.View(ctx, func(r store.Reader) error {
		found, err = c.unprotected(r, api)
		return err
	})
	return found, err
}

// unprotected is WithoutEffect for whoever may ask.
func (c *Control) unprotected(r store.Reader, id string) ([]Unprotected, error) {
	api, err := c.lookupAPI(r, id)
	if err != nil {
		return nil, err
	}
	stages, err := all[apigateway.Stage](r, "stage", id)
	if err != nil {
		return nil, err
	}
	resources, err := sortedResources(r, id)
	if err != nil {
		return nil, err
	}
	found := []Unprotected{}
	note := func(place string, effects []apigateway.Effect) {
		for _, e := range effects {
			found = append(found, Unprotected{Place: place, Setting: e.Setting, Meaning: e.Meaning})
		}
	}
	note("API", apigateway.RestAPIEffects(api))
	for _, stage := range stages {
		note("stage "+stage.StageName, apigateway.StageEffects(stage))
	}
	for _, resource := range resources {
		for _, name := range sortedKeys(resource.ResourceMethods) {
			note("method "+name+" "+resource.Path, apigateway.MethodEffects(resource.ResourceMethods[name]))
		}
	}
	return found, nil
}

// maxHeader is how long the header that lists settings without effect may be, in bytes.
const maxHeader = 2 << 10

// inHeader lists settings without effect in a line: "stage prod: canarySettings; method GET /pets: apiKeyRequired".
func inHeader(found []Unprotected) string {
	var line strings.Builder
	for i, u := range found {
		next := u.Place + ": " + u.Setting
		if line.Len()+len(next) > maxHeader {
			fmt.Fprintf(&line, "; and %d more", len(found)-i)
			break
		}
		if i > 0 {
			line.WriteString("; ")
		}
		line.WriteString(next)
	}
	return line.String()
}
