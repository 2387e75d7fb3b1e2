// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	types "github.com/envoyproxy/go-control-plane/pkg/resource/v3"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	"gatewayresponses/internal/deliver"
	"gatewayresponses/internal/emit/envoy"
)

const (
	// maxResources is how many resources a stream may ask for.
	maxResources = 64
	// maxWhy is how much is kept of what a node says when it refuses, in bytes.
	maxWhy = 1024
	// maxName is how long the name of a gateway or a version may be, in bytes. Both are much shorter.
	maxName = 256
	// maxSent is how many responses of a stream may wait for an answer.
	maxSent = 4
)

// stream is a stream of delta ECDS or delta ADS.
type stream struct {
	id     int64
	client client
	// node is the part of what is shown of nodes that is the stream's, empty until the first request.
	node deliver.Node
	// nodes are by the resources that the node asks for.
	nodes map[envoy.Resource]*node
	sent  []response
}

// response is a response that the node has not taken or refused yet.
type response struct {
	nonce    string
	versions map[envoy.Resource]string
}

// The hub is told of all that happens on streams; it implements delta.Callbacks.

// OnDeltaStreamOpen begins a stream.
func (h *hub) OnDeltaStreamOpen(ctx context.Context, id int64, _ string) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.streams[id] = &stream{id: id, client: clientOf(ctx)}
	return nil
}

// OnDeltaStreamClosed ends a stream.
func (h *hub) OnDeltaStreamClosed(id int64, _ *core.Node) {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.streams[id]
	delete(h.streams, id)
	for resource := range s.nodes {
		h.leave(s, resource)
	}
}

// OnStreamDeltaResponse remembers what a response holds until the node answers.
func (h *hub) OnStreamDeltaResponse(id int64, _ *discovery.DeltaDiscoveryRequest, r *discovery.DeltaDiscoveryResponse) {
	sent := response{r.GetNonce(), map[envoy.Resource]string{}}
	for _, made := range r.GetResources() {
		resource, _ := envoy.ParseResource(made.GetName())
		sent.versions[resource] = made.GetVersion()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.streams[id]
	h.sent += len(sent.versions)
	if s.sent = append(s.sent, sent); len(s.sent) > maxSent {
		s.sent = s.sent[1:]
	}
}

// OnStreamDeltaRequest checks a request and takes what it says of the node. An error ends the stream.
func (h *hub) OnStreamDeltaRequest(id int64, r *discovery.DeltaDiscoveryRequest) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.streams[id]
	if err := s.introduce(r); err != nil {
		return err
	}
	resources, err := s.subscribed(r)
	if err != nil {
		return err
	}
	r.InitialResourceVersions = known(r.GetInitialResourceVersions(), resources)
	for _, resource := range resources {
		if s.nodes[resource] == nil {
			h.join(s, resource, r.GetInitialResourceVersions()[resource.Name()])
		}
	}
	for _, name := range r.GetResourceNamesUnsubscribe() {
		if resource, found := envoy.ParseResource(name); found {
			h.leave(s, resource)
		}
	}
	h.answered(s, r)
	return nil
}

// introduce reads the node of the first request. Requests keep of it what watches need: Envoy sends a list of all extensions
// that it has.
func (s *stream) introduce(r *discovery.DeltaDiscoveryRequest) error {
	if s.node.ID != "" {
		r.Node = nil // the stream goes on with the first
		return nil
	}
	n := r.GetNode()
	if err := s.client.checkNode(n.GetId()); err != nil {
		return err
	}
	s.node = deliver.Node{ID: n.GetId(), Cluster: readable(n.GetCluster(), maxNodeID), Envoy: envoyVersion(n)}
	r.Node = &core.Node{Id: s.node.ID, Cluster: s.node.Cluster}
	return nil
}

// subscribed are the resources that a request asks for.
func (s *stream) subscribed(r *discovery.DeltaDiscoveryRequest) ([]envoy.Resource, error) {
	if kind := r.GetTypeUrl(); kind != "" && kind != types.ExtensionConfigType {
		return nil, status.Errorf(codes.InvalidArgument, "this server delivers resources of type %s, not %s", types.ExtensionConfigType, readable(kind, maxNodeID))
	}
	names := r.GetResourceNamesSubscribe()
	if len(s.nodes)+len(names) > maxResources {
		return nil, status.Errorf(codes.ResourceExhausted, "a stream may ask for %d resources", maxResources)
	}
	if len(s.nodes) == 0 && len(names) == 0 && r.GetResponseNonce() == "" {
		return nil, status.Error(codes.InvalidArgument, "the request names no resource; ask for "+envoy.ResourceForms)
	}
	var resources []envoy.Resource
	for _, name := range names {
		resource, found := envoy.ParseResource(name)
		if !found || len(resource.Gateway) > maxName {
			return nil, status.Errorf(codes.InvalidArgument, "there is no resource %q; ask for %s", readable(name, maxNodeID), envoy.ResourceForms)
		}
		if err := s.client.checkGateway(resource.Gateway); err != nil {
			return nil, err
		}
		resources = append(resources, resource)
	}
	return resources, nil
}

// known are the versions that a node says it has of resources: those that can be ours, as streams keep them.
func known(versions map[string]string, resources []envoy.Resource) map[string]string {
	kept := map[string]string{}
	for _, resource := range resources {
		name := resource.Name()
		if version, has := versions[name]; has && len(version) <= maxName {
			kept[name] = version
		}
	}
	return kept
}

// answered takes what a request says of a response: that the node runs it, or why it does not.
func (h *hub) answered(s *stream, r *discovery.DeltaDiscoveryRequest) {
	at := slices.IndexFunc(s.sent, func(sent response) bool { return sent.nonce == r.GetResponseNonce() })
	if r.GetResponseNonce() == "" || at < 0 {
		return
	}
	versions := s.sent[at].versions
	s.sent = slices.Delete(s.sent, at, at+1)
	if r.GetErrorDetail() != nil {
		h.refused += len(versions)
	}
	for resource, version := range versions {
		n := s.nodes[resource]
		if n == nil {
			continue
		}
		if e := r.GetErrorDetail(); e != nil {
			n.refused, n.why = version, readable(e.GetMessage(), maxWhy)
		} else {
			n.took(version, h.now())
		}
		if n.newer == nil {
			h.settle(n)
		}
	}
}

// readable is a text that others may be shown: it has at most limit bytes, is UTF-8 and has no control characters but line ends.
func readable(text string, limit int) string {
	text = strings.ToValidUTF8(text, "\uFFFD")
	if len(text) > limit {
		for limit > 0 && !utf8.RuneStart(text[limit]) {
			limit--
		}
		text = strings.Clone(text[:limit]) // the whole may be much larger
	}
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' {
			return ' '
		}
		return r
	}, text)
}
