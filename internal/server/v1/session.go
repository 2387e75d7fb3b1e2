// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// onSessions are the operations on who is signed in to the console.
func onSessions() []operation {
	return []operation{
		op("listSessions", "GET", "/sessions", auth.Admin, everything, "List who is signed in to the console", listSessions),
		op("endSessions", "DELETE", "/sessions", auth.Admin, ownRights, "End all sessions of an access key or of a person", endSessions),
		op("endSession", "DELETE", "/sessions/{session}", auth.Admin, ownRights, "End a session", endSession),
	}
}

// Sessions are who is signed in.
type Sessions struct {
	Items []control.Session `json:"items" about:"The sessions, the newest first: those of callers whose rights the key has."`
}

func listSessions(ctx context.Context, s *Server, by control.Caller, _ noInput) (Sessions, error) {
	found, err := s.options.Control.Sessions(ctx, by)
	return Sessions{found}, err
}

// sessionsOf names whose sessions are meant.
type sessionsOf struct {
	Of string `query:"of" about:"Whose sessions to end: the id of an access key, or a person as listSessions has it."`
}

func endSessions(ctx context.Context, s *Server, by control.Caller, in sessionsOf) (nothing, error) {
	if in.Of == "" {
		return nothing{}, badInput("the parameter of says whose sessions to end: the id of an access key, or a person as listSessions has it", nil)
	}
	_, err := s.options.Control.EndSessions(ctx, by, in.Of)
	return nothing{}, err
}

// oneSession names a session.
type oneSession struct {
	Session string `uri:"session" about:"The id of the session."`
}

func endSession(ctx context.Context, s *Server, by control.Caller, in oneSession) (nothing, error) {
	_, err := s.options.Control.EndSession(ctx, by, in.Session)
	return nothing{}, err
}
