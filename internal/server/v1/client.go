// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"slices"

	"gatewayresponses/internal/control"
	"gatewayresponses/internal/facts"
)

// Client is a kind of client: what it sends by itself.
type Client struct {
	Name     string        `json:"name" about:"The name, such as curl, which tryRequest takes."`
	Title    string        `json:"title" about:"What people call it."`
	Method   string        `json:"method,omitempty" about:"The method that all its requests have; missing, they have any."`
	Protocol string        `json:"protocol,omitempty" about:"The protocol that it needs; missing, it is HTTP/1.1."`
	Headers  facts.Headers `json:"headers" about:"The headers that it sends. A page of another origin sends its own Origin in the place of this one."`
}

// Clients are kinds of clients.
type Clients struct {
	Items []Client `json:"items" about:"The clients that can be played, those that people have first."`
}

// clients are the clients that previews, matrices and tries play.
var clients = []Client{
	{Name: "curl", Title: "curl", Headers: facts.Headers{
		{Name: "accept", Value: "*/*"},
		{Name: "user-agent", Value: "curl/8.14.1"},
	}},
	{Name: "browser", Title: "Browser", Headers: facts.Headers{
		{Name: "accept", Value: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"},
		{Name: "user-agent", Value: "Mozilla/5.0"},
		{Name: "sec-fetch-dest", Value: "document"},
		{Name: "sec-fetch-mode", Value: "navigate"},
		{Name: "sec-fetch-site", Value: "none"},
	}},
	{Name: "page", Title: "Page of another origin", Headers: facts.Headers{
		{Name: "accept", Value: "*/*"},
		{Name: "origin", Value: "https://app.example.com"},
		{Name: "user-agent", Value: "Mozilla/5.0"},
		{Name: "sec-fetch-dest", Value: "empty"},
		{Name: "sec-fetch-mode", Value: "cors"},
		{Name: "sec-fetch-site", Value: "cross-site"},
	}},
	{Name: "grpc", Title: "gRPC client", Method: "POST", Protocol: "HTTP/2", Headers: facts.Headers{
		{Name: "content-type", Value: "application/grpc"},
		{Name: "user-agent", Value: "grpc-go/1.76.0"},
	}},
}

// AllClients are the clients that can be played.
func AllClients() []Client { return slices.Clone(clients) }

// ClientNamed finds a client.
func ClientNamed(name string) (c Client, known bool) {
	at := slices.IndexFunc(clients, func(c Client) bool { return c.Name == name })
	if at < 0 {
		return c, false
	}
	return clients[at], true
}

func listClients(context.Context, *Server, control.Caller, noInput) (Clients, error) {
	return Clients{AllClients()}, nil
}
