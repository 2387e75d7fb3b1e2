// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/control/nodes"
	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/finding"
)

// onGateways are the operations on gateways, their base documents and their nodes.
func onGateways() []operation {
	return []operation{
		op("listGateways", "GET", "/gateways", auth.Read, everything, "List the gateways", listGateways),
		op("getGateway", "GET", "/gateways/{gateway}", auth.Read, everything, "Get a gateway", getGateway),
		op("putGateway", "PUT", "/gateways/{gateway}", auth.Admin, allAPIs, "Make a gateway, or change all of it", putGateway),
		op("deleteGateway", "DELETE", "/gateways/{gateway}", auth.Admin, allAPIs, "Delete a gateway that serves nothing", deleteGateway),
		op("getBaseDocument", "GET", "/gateways/{gateway}/base", auth.Read, allAPIs, "Get the base document of a gateway", getBase),
		op("putBaseDocument", "PUT", "/gateways/{gateway}/base", auth.Admin, allAPIs, "Change the base document of a gateway", putBase).onTexts(),
		op("getDocument", "GET", "/gateways/{gateway}/document", auth.Read, allAPIs, "Get the document that the nodes of a gateway are to run", getDocument).as(mediaJSON),
		op("listNodes", "GET", "/gateways/{gateway}/nodes", auth.Read, everything, "List the nodes of a gateway, and what each runs", listNodes),
		op("getRates", "GET", "/gateways/{gateway}/rates", auth.Read, allAPIs, "Sum up what the nodes of a gateway count", getRates),
	}
}

// Gateways are the gateways.
type Gateways struct {
	Items []control.Gateway `json:"items" about:"The gateways, by name."`
}

func listGateways(ctx context.Context, s *Server, by control.Caller, _ noInput) (Gateways, error) {
	found, err := s.options.Control.Gateways(ctx, by)
	return Gateways{found}, err
}

// oneGateway names a gateway.
type oneGateway struct {
	Gateway string `uri:"gateway" about:"The name of the gateway."`
}

func getGateway(ctx context.Context, s *Server, by control.Caller, in oneGateway) (control.Gateway, error) {
	return s.options.Control.Gateway(ctx, by, in.Gateway)
}

// newGateway is what putGateway takes.
type newGateway struct {
	oneGateway
	Description string               `json:"description,omitempty" about:"What it is, for people."`
	Plugin      deliver.Plugin       `json:"plugin,omitzero" about:"How its nodes run the filter."`
	Rollout     *control.RolloutPlan `json:"rollout,omitempty" about:"How a revision reaches the nodes; missing, it is all of them at once."`
	Consent     string               `json:"consent,omitempty" enum:"required" about:"Whether a revision waits until somebody else than those who caused it consents; missing, it does not. To ask for none any more takes consent, too."`
}

func putGateway(ctx context.Context, s *Server, by control.Caller, in newGateway) (control.Gateway, error) {
	return s.options.Control.PutGateway(ctx, by, control.Gateway{Name: in.Gateway, Description: in.Description, Plugin: in.Plugin, Rollout: in.Rollout, Consent: in.Consent})
}

func deleteGateway(ctx context.Context, s *Server, by control.Caller, in oneGateway) (nothing, error) {
	return nothing{}, s.options.Control.DeleteGateway(ctx, by, in.Gateway)
}

// BaseDocument is what the document of a gateway says besides the routes of stages.
type BaseDocument struct {
	Text     string           `json:"text" about:"The document, JSON or YAML, as it was written."`
	Findings []finding.Linked `json:"findings,omitempty" about:"What is unwise in it, when it was just changed."`
	ETag     string           `json:"-" etag:""`
}

func baseOf(b control.BaseDocument) BaseDocument {
	return BaseDocument{b.Text, b.Findings.Linked(), b.ETag}
}

func getBase(ctx context.Context, s *Server, by control.Caller, in oneGateway) (BaseDocument, error) {
	found, err := s.options.Control.Base(ctx, by, in.Gateway)
	return baseOf(found), err
}

// newBase is what putBaseDocument takes.
type newBase struct {
	oneGateway
	trying
	Text string `json:"text" about:"The document, JSON or YAML: any key but revision."`
}

func putBase(ctx context.Context, s *Server, by control.Caller, in newBase) (BaseDocument, error) {
	put, err := s.options.Control.PutBase(ctx, by, in.Gateway, in.Text)
	return baseOf(put), err
}

func getDocument(ctx context.Context, s *Server, by control.Caller, in oneGateway) (versioned, error) {
	number, err := s.options.Control.Delivered(ctx, by, in.Gateway)
	if err != nil {
		return versioned{}, err
	}
	text, err := s.revision(ctx, by, in.Gateway, number)
	return versioned{raw{text}, revisionTag(number)}, err
}

// revision is the document of a revision. Number 0 is what a gateway has on which nothing was ever put.
func (s *Server) revision(ctx context.Context, by control.Caller, gateway string, number int64) ([]byte, error) {
	if number == 0 {
		_, err := s.options.Control.Base(ctx, by, gateway) // who may read that may read this
		return []byte("{}"), err
	}
	found, err := s.options.Control.Revision(ctx, by, gateway, number)
	return found.Text, err
}

// Nodes are the nodes of a gateway.
type Nodes struct {
	Items []deliver.Node `json:"items" about:"The nodes, by id: those that are connected, and those that were lost within the last hour."`
}

// Connected is how many of them are connected.
func (n Nodes) Connected() int {
	connected := 0
	for _, node := range n.Items {
		if node.State != deliver.Lost {
			connected++
		}
	}
	return connected
}

func listNodes(ctx context.Context, s *Server, by control.Caller, in oneGateway) (Nodes, error) {
	found, err := s.options.Control.Nodes(ctx, by, in.Gateway)
	return Nodes{found}, err
}

func getRates(ctx context.Context, s *Server, by control.Caller, in oneGateway) (nodes.Rates, error) {
	return s.options.Control.Rates(ctx, by, in.Gateway)
}
