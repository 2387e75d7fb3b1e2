// SPDX-License-Identifier: Apache-2.0

//go:build module

package module

import (
	"testing"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/ability"
	"gatewayresponses/internal/envoyrun"
)

func TestMain(m *testing.M) { envoytest.MainWith(m, ability.Module) }

// gateway is the gateway with a document, and without the companion mappers, which the module does not need.
func gateway(t *testing.T, document string) envoyrun.Settings {
	t.Helper()
	s := envoytest.Gateway(t, document)
	s.NoCompanions = true
	return s
}

// start runs an Envoy whose gateway has the module with a document.
func start(t *testing.T, document string, args ...string) (p *envoytest.Proxy, url string) {
	t.Helper()
	p = envoytest.Start(t, gateway(t, document), args...)
	return p, "http://" + p.Address(t, "gateway")
}
