// SPDX-License-Identifier: Apache-2.0

package xds

import (
	"context"
	"errors"
	"maps"

	discovery "github.com/envoyproxy/go-control-plane/envoy/service/discovery/v3"
	"github.com/envoyproxy/go-control-plane/pkg/cache/v3"

	"gatewayresponses/internal/emit/envoy"
)

// watch waits for something new for a stream. It is answered once: the node's next request, which takes or refuses the answer,
// makes another. So no more than one answer is on its way to a node, and the next one is the newest then.
type watch struct {
	// request has of the node's request what answers need. The rest may be large.
	request      *discovery.DeltaDiscoveryRequest
	subscription cache.Subscription
	answers      chan cache.DeltaResponse
}

// CreateDeltaWatch implements cache.ConfigWatcher.
func (h *hub) CreateDeltaWatch(request *discovery.DeltaDiscoveryRequest, subscription cache.Subscription, answers chan cache.DeltaResponse) (cancel func(), err error) {
	kept := &discovery.DeltaDiscoveryRequest{Node: request.GetNode(), TypeUrl: request.GetTypeUrl()}
	w := &watch{kept, subscription, answers}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watches[w] = struct{}{}
	h.answer(w)
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		delete(h.watches, w)
	}, nil
}

// CreateWatch implements cache.ConfigWatcher. The server has no such stream.
func (h *hub) CreateWatch(*cache.Request, cache.Subscription, chan cache.Response) (func(), error) {
	return nil, errors.New("the state of the world is not served")
}

// answer answers a watch if there is something new for it.
func (h *hub) answer(w *watch) {
	has := w.subscription.ReturnedResources()
	var news []*discovery.Resource
	for name := range w.subscription.SubscribedResources() {
		resource, _ := envoy.ParseResource(name)
		f := h.fleets[resource.Gateway]
		if f == nil {
			continue
		}
		if wanted := f.wanted(resource.Adapter, w.request.GetNode().GetId(), w.request.GetNode().GetCluster()); has[name] != wanted.GetVersion() {
			news = append(news, wanted)
		}
	}
	if len(news) == 0 {
		return
	}
	then := maps.Clone(has)
	for _, r := range news {
		then[r.GetName()] = r.GetVersion()
	}
	select {
	case w.answers <- &answer{w.request, news, then}:
		delete(h.watches, w)
	default: // the stream is behind; its next request makes another watch
	}
}

// answer is a response whose resources are shared by all nodes.
type answer struct {
	request   *discovery.DeltaDiscoveryRequest
	resources []*discovery.Resource
	// has is what the node has then: versions by names.
	has map[string]string
}

// GetDeltaDiscoveryResponse implements cache.DeltaResponse, as the methods below do.
func (a *answer) GetDeltaDiscoveryResponse() (*discovery.DeltaDiscoveryResponse, error) {
	return &discovery.DeltaDiscoveryResponse{TypeUrl: a.request.GetTypeUrl(), Resources: a.resources}, nil
}

func (a *answer) GetDeltaRequest() *discovery.DeltaDiscoveryRequest { return a.request }
func (a *answer) GetSystemVersion() (string, error)                 { return "", nil }
func (a *answer) GetResponseVersion() string                        { return "" }
func (a *answer) GetNextVersionMap() map[string]string              { return a.has }
func (a *answer) GetReturnedResources() map[string]string           { return a.has }
func (a *answer) GetContext() context.Context                       { return context.Background() }
