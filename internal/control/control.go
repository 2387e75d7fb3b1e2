// SPDX-License-Identifier: Apache-2.0

// Package control is the domain of the server: APIs and what is deployed of
// them, domain names, gateways and their revisions, keys, and who changed what.
//
// Everything that people do to the server goes through a method here, whatever
// they speak: each checks what the caller may do, changes all or nothing in one
// transaction, and leaves an entry in the audit log in the same transaction.
// Errors that callers can do something about are apigateway.Error, or Problem
// where AWS has no word for it; anything else is a failure of the server.
package control

import (
	"cmp"
	"log/slog"
	"time"

	"golang.org/x/sync/semaphore"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control/loglines"
	"gatewayresponses/internal/control/nodes"
	"gatewayresponses/internal/definition"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/tryrequest"
)

// Options are how a Control works.
type Options struct {
	// Account is the AWS account number that ids and ARNs are given with.
	Account string
	// Region is the AWS region that ARNs are given with.
	Region string
	// AcceptWithoutEffect stores settings that imply protection that nobody here gives, where they are refused otherwise.
	AcceptWithoutEffect bool
	// PluginFile is the path of plugin.wasm where Envoys run, for gateways that name none; empty is that of package emit/envoy.
	PluginFile string
	// Sealer keeps the secrets of keys.
	Sealer *auth.Sealer
	// People says what people may do who sign in without a key.
	People auth.People
	// MaxNodes is how many nodes of a gateway are known; 0 is 10,000. Of more, those that were lost first are forgotten.
	MaxNodes int
	// Tries sends requests through Envoys for people who want to see a reply; nil sends none.
	Tries *tryrequest.Sender
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Log is where it says what it does by itself.
	Log *slog.Logger
}

// Control carries out what callers ask for. It is safe for concurrent use, and several on one store give the same answers.
type Control struct {
	store   store.Store
	options Options
	keys    *keyCache
	// nodes are those of all gateways, documents what this server delivers, served what deployments are made of.
	nodes     *nodes.Registry
	documents documents
	served    deployments
	// lines are those of access logs that somebody waits for.
	lines *loglines.Lines
	// reading is how many bytes of definitions and other texts are read at once, see Reading.
	reading *semaphore.Weighted
	// comparing is taken while two revisions are compared by their replies, which takes a processor for seconds.
	comparing *semaphore.Weighted
}

// New makes a Control on a store.
func New(s store.Store, options Options) *Control {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	return &Control{
		store: s, options: options,
		nodes: nodes.New(nodes.Options{Store: s, Max: options.MaxNodes, Now: options.Now, Log: options.Log}),
		lines: loglines.New(loglines.Options{Store: s, Sealer: options.Sealer, Now: options.Now, Log: options.Log}),
		keys:  newKeyCache(), reading: semaphore.NewWeighted(definition.MaxSize), comparing: semaphore.NewWeighted(1),
	}
}

// Caller is who asks for something.
type Caller struct {
	// Name is shown to people, such as the name of the access key.
	Name string
	// Key is the id of the access key; empty for people who signed in without one, and for what the server does by itself.
	Key string
	// Person is who signed in with OpenID Connect, in one word: ISSUER|SUBJECT; empty for who has an access key.
	Person string
	// RequestID ties the audit log to the answer that the caller got.
	RequestID string
	// IfMatch is the ETag that what is changed must have; empty is any.
	IfMatch string
	Rights  auth.Rights
	// DryRun has every change undone at its end: the caller is answered as ever, and nothing is changed. See Control.DryRun.
	DryRun bool
	// trial notes what becomes of a dry run, nil if nobody asks.
	trial *trial
}

// Identity tells callers apart, as long as the server lives: the id of the access key, or the person. What the server does by itself has
// none. Names do not: two keys may have the same, and people choose theirs.
func (c Caller) Identity() string { return cmp.Or(c.Key, c.Person) }
