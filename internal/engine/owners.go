// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/template"
)

// Names of the constants of an API, as templates have them.
const (
	apiIDName     = "context.apiId"
	stageName     = "context.stage"
	accountIDName = "context.accountId"
	stagePrefix   = "stageVariables."
)

// owners are the values that a variable of the owner may have where the template at hand answers: that of the scope, and in
// templates of the document those of its routes as well.
func (c *compiler) owners(name string) []string {
	values := []string{c.learn(leadsWhere, name, c.owner(name))}
	if c.scope != &c.program.scope {
		return values
	}
	if c.ofRoutes == nil {
		c.readRoutes()
	}
	return append(values, c.ofRoutes[name]...)
}

// owner is the value of a variable of the owner in the scope at hand, "" without one.
func (c *compiler) owner(name string) string {
	constant := &c.scope.constant
	switch name {
	case apiIDName:
		return constant.api.ID
	case stageName:
		return constant.api.Stage
	case accountIDName:
		return constant.api.AccountID
	}
	stage := strings.TrimPrefix(name, stagePrefix)
	if value, ok := constant.stageVariables[stage]; ok {
		return value
	}
	return constant.shared[stage]
}

// readRoutes gathers the values of routes that take templates of the document, of each shape one.
func (c *compiler) readRoutes() {
	c.ofRoutes = map[string][]string{}
	known := map[[2]string]bool{}
	add := func(name, value string) {
		key := [2]string{name, template.URLShape(value)}
		if !known[key] {
			known[key] = true
			c.ofRoutes[name] = append(c.ofRoutes[name], value)
		}
	}
	for i := range c.document.Routes {
		source := &c.document.Routes[i]
		if source.Isolated {
			continue
		}
		for name, value := range apiConstants(source.API) {
			if value != "" {
				add(name, value)
			}
		}
		for _, variable := range source.StageVariables {
			add(stagePrefix+variable.Key.Value, variable.Value.Value)
		}
	}
}

// apiConstants are the constants of an API by name.
func apiConstants(api config.API) map[string]string {
	return map[string]string{apiIDName: api.ID, stageName: api.Stage, accountIDName: api.AccountID}
}
