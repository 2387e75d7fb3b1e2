// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// onSwitches are the operations that turn the filter off for a while.
func onSwitches() []operation {
	return []operation{
		op("listSwitches", "GET", "/switches", auth.Read, everything, "List the switches that are on", listSwitches),
		op("switchGateway", "PUT", "/gateways/{gateway}/switch", auth.Deploy, allAPIs, "Turn the filter off for a gateway, or let it only observe", switchGateway),
		op("unswitchGateway", "DELETE", "/gateways/{gateway}/switch", auth.Deploy, allAPIs, "End the switch of a gateway", unswitchGateway),
		op("switchApi", "PUT", "/apis/{api}/switch", auth.Deploy, oneAPI, "Turn the filter off for an API, or let it only observe", switchAPI),
		op("unswitchApi", "DELETE", "/apis/{api}/switch", auth.Deploy, oneAPI, "End the switch of an API", unswitchAPI),
	}
}

// Switches are the switches that are on.
type Switches struct {
	Items []control.Switch `json:"items" about:"Those of gateways by name, then those of APIs by id."`
}

func listSwitches(ctx context.Context, s *Server, by control.Caller, _ noInput) (Switches, error) {
	found, err := s.options.Control.Switches(ctx, by)
	return Switches{found}, err
}

// newSwitch says how the filter is turned off.
type newSwitch struct {
	Mode    string `json:"mode" enum:"off observe" about:"off lets every reply pass; observe counts, too, what would have been done."`
	Seconds int    `json:"seconds" about:"After how many seconds it ends by itself."`
	Why     string `json:"why,omitempty" about:"What for, for people."`
}

// maxSeconds keeps the end of a switch within what times can say; the domain has a limit of its own.
const maxSeconds = 10 * 365 * 24 * 60 * 60

// put puts a switch on a gateway or an API.
func (n newSwitch) put(ctx context.Context, s *Server, by control.Caller, on control.Switch) (control.Switch, error) {
	if n.Seconds < 1 || n.Seconds > maxSeconds {
		return on, badInput("\"seconds\" says for how long, and is at least 1", nil)
	}
	on.Mode, on.Until, on.Why = config.Mode(n.Mode), time.Now().Add(time.Duration(n.Seconds)*time.Second), n.Why
	return s.options.Control.PutSwitch(ctx, by, on)
}

// gatewaySwitch is what switchGateway takes.
type gatewaySwitch struct {
	oneGateway
	newSwitch
}

func switchGateway(ctx context.Context, s *Server, by control.Caller, in gatewaySwitch) (control.Switch, error) {
	return in.put(ctx, s, by, control.Switch{Gateway: in.Gateway})
}

func unswitchGateway(ctx context.Context, s *Server, by control.Caller, in oneGateway) (nothing, error) {
	return nothing{}, s.options.Control.EndSwitch(ctx, by, control.Switch{Gateway: in.Gateway})
}

// apiSwitch is what switchApi takes.
type apiSwitch struct {
	oneAPIInput
	newSwitch
}

func switchAPI(ctx context.Context, s *Server, by control.Caller, in apiSwitch) (control.Switch, error) {
	return in.put(ctx, s, by, control.Switch{API: in.API})
}

func unswitchAPI(ctx context.Context, s *Server, by control.Caller, in oneAPIInput) (nothing, error) {
	return nothing{}, s.options.Control.EndSwitch(ctx, by, control.Switch{API: in.API})
}
