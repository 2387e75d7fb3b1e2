// SPDX-License-Identifier: Apache-2.0

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"gatewayresponses/bench/load"
	"gatewayresponses/bench/scenario"
)

// verify sends the request of a scenario once and compares the reply byte for byte with what the variant promises.
func (p *proxy) verify(ctx context.Context, s scenario.Scenario) error {
	protocols := &http.Protocols{}
	protocols.SetHTTP1(!s.Spec.HTTP2)
	protocols.SetUnencryptedHTTP2(s.Spec.HTTP2)
	transport := &http.Transport{Protocols: protocols, DisableCompression: true}
	defer transport.CloseIdleConnections()
	request, err := http.NewRequestWithContext(ctx, s.Spec.Method, "http://"+p.address+s.Spec.Path, bytes.NewReader([]byte(strings.Repeat("u", s.Spec.Body))))
	if err != nil {
		return err
	}
	request.Host = load.Host
	for _, h := range load.Headers() {
		request.Header.Set(h[0], h[1])
	}
	response, err := transport.RoundTrip(request)
	if err != nil {
		return fmt.Errorf("variant %s, scenario %s: %w", p.variant.Name, s.Name, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return fmt.Errorf("variant %s, scenario %s: %w", p.variant.Name, s.Name, err)
	}
	want := s.Want(p.variant.Does)
	isJSON := response.Header.Get("Content-Type") == "application/json"
	if response.StatusCode != want.Status || string(body) != want.Body || isJSON != want.JSON && s.Spec.Method != http.MethodHead {
		return fmt.Errorf("variant %s does not do its job in scenario %s: status %d, content-type %q, body %.300q; want %d, JSON %t, %.300q",
			p.variant.Name, s.Name, response.StatusCode, response.Header.Get("Content-Type"), body, want.Status, want.JSON, want.Body)
	}
	return nil
}
