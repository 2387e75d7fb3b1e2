// SPDX-License-Identifier: Apache-2.0

//go:build control

package postgrestest

import (
	"testing"

	"gatewayresponses/internal/store/postgresrun"
)

// Server is a PostgreSQL of a test.
type Server struct{ *postgresrun.Server }

// Start starts an empty server that stops with the test. Settings are lines of postgresql.conf.
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	s, err := postgresrun.Start(t.Context(), postgresrun.Options{Settings: settings})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &Server{s}
}

// Schema makes an empty schema, and gives the address of a store in it.
func (s *Server) Schema(t testing.TB) string {
	t.Helper()
	address, err := s.Server.Schema(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return address
}

// Resume starts the server again, and waits until it takes connections.
func (s *Server) Resume(t testing.TB) {
	t.Helper()
	if err := s.Server.Resume(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// Stop ends the server at once, as kill does, and waits until it is gone. What was committed is on the disk.
func (s *Server) Stop(t testing.TB) {
	t.Helper()
	if err := s.Server.Stop(); err != nil {
		t.Error(err)
	}
}
