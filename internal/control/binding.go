// SPDX-License-Identifier: Apache-2.0

package control

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/store"
)

// noBasePath is AWS's word for a base path mapping without a path.
const noBasePath = "(none)"

// gatewaysOf gives the gateways that a stage of an API is bound to, by name; those of all stages if it is empty.
func gatewaysOf(r store.Reader, api, stage string) ([]string, error) {
	links := []string{api + "/" + stage}
	switch stage {
	case "":
		stages, err := r.List("stage", api, "", 0)
		if err != nil {
			return nil, err
		}
		for _, s := range stages {
			links = append(links, api+"/"+s.Name)
		}
	default:
		links = append(links, api+"/") // a mapping without a stage serves all of them
	}
	found := map[string]bool{}
	for _, link := range links {
		mappings, err := r.Linked("mapping", link)
		if err != nil {
			return nil, err
		}
		for _, m := range mappings {
			d, err := r.Get(domainKey(m.Scope))
			if err != nil {
				return nil, err
			}
			found[d.Link] = true
		}
	}
	return slices.Sorted(maps.Keys(found)), nil
}

// stageName names a stage of an API.
type stageName struct{ api, stage string }

// bindings gives where a gateway serves stages. A mapping without a stage serves all stages of its API, each below its name.
func bindings(r store.Reader, gateway string) (map[stageName][]assemble.Binding, error) {
	domains, err := r.Linked("domain", gateway)
	if err != nil {
		return nil, err
	}
	bound := map[stageName][]assemble.Binding{}
	for _, d := range domains {
		mappings, err := r.List("mapping", d.Name, "", 0)
		if err != nil {
			return nil, err
		}
		for _, record := range mappings {
			var m mapping
			if err := decode(record, &m); err != nil {
				return nil, err
			}
			if err := bind(r, bound, d.Name, m); err != nil {
				return nil, err
			}
		}
	}
	return bound, nil
}

// bind adds where a mapping serves stages.
func bind(r store.Reader, bound map[stageName][]assemble.Binding, host string, m mapping) error {
	at := assemble.Binding{Host: strings.ToLower(host), Prefix: prefixOf(m.BasePath), Inherit: m.Inherit}
	if host == AnyHost {
		at.Host = ""
	}
	if m.Stage != "" {
		name := stageName{m.RestAPIID, m.Stage}
		bound[name] = append(bound[name], at)
		return nil
	}
	stages, err := r.List("stage", m.RestAPIID, "", 0)
	if err != nil {
		return err
	}
	above := at.Prefix
	for _, s := range stages {
		name := stageName{m.RestAPIID, s.Name}
		at.Prefix = above + "/" + s.Name
		bound[name] = append(bound[name], at)
	}
	return nil
}

// prefixOf is the path prefix of a base path.
func prefixOf(basePath string) string {
	if basePath == "" || basePath == noBasePath {
		return ""
	}
	return "/" + strings.Trim(basePath, "/")
}

// boundStages gives the stages that a gateway serves, by API and name. A mapping whose stage is gone serves nothing.
func boundStages(r store.Reader, gateway string) ([]assemble.Stage, error) {
	bound, err := bindings(r, gateway)
	if err != nil {
		return nil, err
	}
	var all []assemble.Stage
	for name, where := range bound {
		stage, err := readStage(r, name)
		if errors.Is(err, store.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		stage.Bindings = where
		all = append(all, stage)
	}
	slices.SortFunc(all, func(a, b assemble.Stage) int { return strings.Compare(a.Title(), b.Title()) })
	return all, nil
}

// readStage reads a stage with what is deployed to it.
func readStage(r store.Reader, name stageName) (assemble.Stage, error) {
	var stage apigateway.Stage
	if _, err := get(r, stageKey(name.api, name.stage), &stage); err != nil {
		return assemble.Stage{}, err
	}
	s, err := readSnapshot(r, name.api, stage.DeploymentID)
	if err != nil {
		// Not %w: a stage whose deployment is gone must not look like a stage that is gone.
		return assemble.Stage{}, fmt.Errorf("deployment %s of the stage %s/%s: %v", stage.DeploymentID, name.api, name.stage, err)
	}
	paths := make([]string, 0, len(s.Resources))
	for _, resource := range s.Resources {
		paths = append(paths, resource.Path)
	}
	return assemble.Stage{API: name.api, Name: name.stage, Variables: stage.Variables, Responses: s.Responses, Resources: paths}, nil
}
