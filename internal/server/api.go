// SPDX-License-Identifier: Apache-2.0

package server

import (
	"net/http"
	"strings"

	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server/aws"
	"gatewayresponses/internal/server/pace"
	"gatewayresponses/internal/server/sts"
	v1 "gatewayresponses/internal/server/v1"
	"gatewayresponses/internal/server/who"
)

// api is what is on the port of HTTP: AWS's API Gateway, at / its Security Token Service, and our own API at /v1.
func (s *Server) api() http.Handler {
	finder := who.New(who.Options{Keys: s.control, Dev: s.settings.Dev, Log: s.log})
	var admit func(control.Caller) error
	if s.settings.Rate > 0 {
		admit = pace.New(s.settings.Rate, s.settings.Burst).Admit
	}
	theirs := aws.New(aws.Options{Control: s.control, Authenticate: finder.Caller, Admit: admit})
	tokens := sts.New(sts.Options{Account: s.settings.Account, Authenticate: finder.Caller})
	ours := v1.New(v1.Options{Control: s.control, Authenticate: finder.Caller, Admit: admit})
	s.bodies.free.Store(s.limits.bodies)
	return s.bodies.bounded(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path := r.URL.Path; {
		case path == "/":
			tokens.ServeHTTP(w, r)
		case strings.HasPrefix(path, "/v1/"):
			ours.ServeHTTP(w, r)
		default:
			theirs.ServeHTTP(w, r)
		}
	}))
}
