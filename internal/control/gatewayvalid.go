// SPDX-License-Identifier: Apache-2.0

package control

import (
	"regexp"
	"slices"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/build"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/control/nodes"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/finding"
)

// gatewayName is what gateways may be called: a part of names of resources, of paths and of folders.
var gatewayName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$`)

// maxDescription is the length of the longest description, in bytes.
const maxDescription = 1 << 10

// valid reports what is wrong with a gateway.
func (g Gateway) valid() error {
	switch {
	case !gatewayName.MatchString(g.Name):
		return apigateway.BadRequest("%q is no name of a gateway; use up to 63 of a to z, 0 to 9 and \"-\", which neither begins nor ends it", g.Name)
	case len(g.Description) > maxDescription:
		return apigateway.BadRequest("the description has %d bytes, and %d is the most", len(g.Description), maxDescription)
	}
	if g.Consent != "" && g.Consent != ConsentRequired {
		return apigateway.BadRequest("consent is %q, or left out, not %.40q", ConsentRequired, g.Consent)
	}
	if err := validPlugin(g.Plugin); err != nil {
		return err
	}
	if g.Plugin.Version != "" {
		version, err := build.ParseVersion(g.Plugin.Version)
		if err != nil {
			return apigateway.BadRequest("plugin.version: %s", err)
		}
		if build.Newer(assemble.Least(), string(version)) {
			return apigateway.BadRequest("plugin.version: documents of gateways need the filter %s or newer, and this is %s", assemble.Least(), version)
		}
	}
	if g.Rollout != nil {
		return g.Rollout.valid()
	}
	return nil
}

// environmentName is what a variable of the filter's environment may be called.
var environmentName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]{0,127}$`)

const (
	// maxPath is the length of the longest path of plugin.wasm and of the longest value of its environment, in bytes.
	maxPath = 4 << 10
	// maxEnvironment is how many variables its environment has.
	maxEnvironment = 64
)

// validPlugin reports what is wrong with how nodes run the filter, but for the version.
func validPlugin(p deliver.Plugin) error {
	if len(p.File) > maxPath || finding.Printable(p.File) != p.File {
		return apigateway.BadRequest("plugin.file is no path: use up to %d printable bytes", maxPath)
	}
	if len(p.Environment) > maxEnvironment {
		return apigateway.BadRequest("plugin.environment has %d variables, and %d is the most", len(p.Environment), maxEnvironment)
	}
	for name, value := range p.Environment {
		if !environmentName.MatchString(name) {
			return apigateway.BadRequest("plugin.environment: %.40q is no name of a variable", name)
		}
		if len(value) > maxPath || finding.Printable(value) != value {
			return apigateway.BadRequest("plugin.environment.%s: use up to %d printable bytes", name, maxPath)
		}
	}
	return nil
}

// valid reports what is wrong with a plan.
func (p RolloutPlan) valid() error {
	switch {
	case len(p.First.Nodes)+len(p.First.Clusters) == 0:
		return apigateway.BadRequest("rollout.first chooses no node; give nodes or clusters, as globs")
	case p.AfterSeconds < 0 || p.AfterSeconds > int(maxRolloutWait/time.Second):
		return apigateway.BadRequest("rollout.afterSeconds is %d; use 0 to %d", p.AfterSeconds, int(maxRolloutWait/time.Second))
	}
	for _, pattern := range slices.Concat(p.First.Nodes, p.First.Clusters) {
		if pattern == "" || len(pattern) > nodes.MaxID {
			return apigateway.BadRequest("rollout.first: %.40q is no glob of nodes; use 1 to %d bytes", pattern, nodes.MaxID)
		}
	}
	return nil
}
