// SPDX-License-Identifier: Apache-2.0

package control

import (
	"cmp"
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

// few is up to how many records are read one by one. Of more, all of their kind are read at once: each read is a round trip.
const few = 16

// bindings gives where a gateway serves stages. A mapping without a stage serves all stages of its API, each below its name.
func bindings(r store.Reader, gateway string) (map[stageName][]assemble.Binding, error) {
	domains, err := r.Linked("domain", gateway)
	if err != nil {
		return nil, err
	}
	mappings, err := mappingRecords(r, domains)
	if err != nil {
		return nil, err
	}
	bound := map[stageName][]assemble.Binding{}
	for _, record := range mappings {
		var m mapping
		if err := decode(record, &m); err != nil {
			return nil, err
		}
		if err := bind(r, bound, record.Scope, m); err != nil {
			return nil, err
		}
	}
	return bound, nil
}

// mappingRecords reads the base path mappings of domain names.
func mappingRecords(r store.Reader, domains []store.Record) ([]store.Record, error) {
	if len(domains) > few {
		names := map[string]bool{}
		for _, d := range domains {
			names[d.Name] = true
		}
		mappings, err := r.All("mapping")
		return slices.DeleteFunc(mappings, func(m store.Record) bool { return !names[m.Scope] }), err
	}
	var mappings []store.Record
	for _, d := range domains {
		more, err := r.List("mapping", d.Name, "", 0)
		if err != nil {
			return nil, err
		}
		mappings = append(mappings, more...)
	}
	return mappings, nil
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
func (c *Control) boundStages(r store.Reader, gateway string) ([]assemble.Stage, error) {
	bound, err := bindings(r, gateway)
	if err != nil {
		return nil, err
	}
	stages, err := readStages(r, bound)
	if err != nil {
		return nil, err
	}
	all := make([]assemble.Stage, 0, len(stages))
	for name, stage := range stages {
		served, err := c.served.read(r, name.api, stage.DeploymentID)
		if err != nil {
			return nil, fmt.Errorf("stage %s/%s: %w", name.api, name.stage, err)
		}
		all = append(all, assemble.Stage{
			API: name.api, Name: name.stage, Variables: stage.Variables, Responses: served.responses, Resources: served.paths, Bindings: bound[name],
		})
	}
	slices.SortFunc(all, func(a, b assemble.Stage) int {
		return cmp.Or(strings.Compare(a.API, b.API), strings.Compare(a.Name, b.Name))
	})
	return all, nil
}

// readStages reads those of the stages that are there.
func readStages(r store.Reader, bound map[stageName][]assemble.Binding) (map[stageName]apigateway.Stage, error) {
	var records []store.Record
	if len(bound) > few {
		var err error
		if records, err = r.All("stage"); err != nil {
			return nil, err
		}
	} else {
		for name := range bound {
			record, err := r.Get(stageKey(name.api, name.stage))
			if errors.Is(err, store.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			records = append(records, record)
		}
	}
	stages := make(map[stageName]apigateway.Stage, len(bound))
	for _, record := range records {
		name := stageName{record.Scope, record.Name}
		if _, ok := bound[name]; !ok {
			continue
		}
		var stage apigateway.Stage
		if err := decode(record, &stage); err != nil {
			return nil, err
		}
		stages[name] = stage
	}
	return stages, nil
}
