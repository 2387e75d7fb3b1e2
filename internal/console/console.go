// SPDX-License-Identifier: Apache-2.0

// Package console is the web console of the server: pages in which people see,
// change, deploy and take back what a gateway answers.
//
// It asks the server's own API, /v1, as whoever is signed in, and nothing else:
// what the console can do the API can do, and a page knows no more than the API
// tells. Pages are made on the server and work without scripts, which only make
// them better.
package console

import (
	"context"
	"crypto/rand"
	"embed"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"time"

	"golang.org/x/sync/semaphore"

	"gatewayresponses/internal/console/admin"
	"gatewayresponses/internal/console/apis"
	"gatewayresponses/internal/console/base"
	"gatewayresponses/internal/console/deploys"
	"gatewayresponses/internal/console/gateways"
	"gatewayresponses/internal/console/hosts"
	"gatewayresponses/internal/console/matrix"
	"gatewayresponses/internal/console/page"
	"gatewayresponses/internal/console/reference"
	"gatewayresponses/internal/console/transfer"
	"gatewayresponses/internal/console/tries"
)

//go:embed pages/*.html
var pageFiles embed.FS

var templates = page.Parse(pageFiles)

// Options are what a Console works with.
type Options struct {
	// API answers requests below /v1, as whoever the context of Sessions.Resume is for.
	API http.Handler
	// Sessions know who is signed in.
	Sessions Sessions
	// Provider signs people in who need no key; nil is none.
	Provider Provider
	// Nonce makes the word that lets a page load its own scripts and styles; nil makes it by chance.
	Nonce func() string
	// Failed is told why the server could not make a page; nil drops it.
	Failed func(*http.Request, error)
}

// Sessions know who is signed in. The console only keeps words in cookies.
type Sessions interface {
	// SignIn begins a session of whoever has the key that a form holds, and gives its word. A *Refusal says why not.
	SignIn(r *http.Request, key string) (word string, err error)
	// Resume gives a context in which the API answers for whoever the session is of. It says ErrSignedOut of one that is over, and
	// *Refusal if the caller is too fast.
	Resume(r *http.Request, word string) (context.Context, error)
	// SignOut ends a session, in a context of Resume. It gives the URL where people sign out of the provider, too, who came from there; ""
	// is nowhere.
	SignOut(ctx context.Context, word string) (elsewhere string, err error)
}

// ErrSignedOut says that a session is over, or that there never was one.
var ErrSignedOut = errors.New("signed out")

// Refusal is why somebody is not let in.
type Refusal struct {
	// Status is that of the answer, 401, 403 or 429.
	Status int
	// Message says why, to people.
	Message string
	// RetryAfter is when it may be tried again; 0 where that does not depend on time.
	RetryAfter time.Duration
}

func (r *Refusal) Error() string { return r.Message }

// Console answers requests below /console. It is safe for concurrent use.
type Console struct {
	options Options
	handler http.Handler
	// uploads has room for the forms with files that are under way.
	uploads *semaphore.Weighted
}

// maxUploads is how many forms with files are read and answered at once: each takes tens of megabytes. The others wait, unread.
const maxUploads = 4

// New makes a Console.
func New(options Options) *Console {
	if options.Nonce == nil {
		options.Nonce = rand.Text
	}
	if options.Failed == nil {
		options.Failed = func(*http.Request, error) {}
	}
	c := &Console{options: options, uploads: semaphore.NewWeighted(maxUploads)}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /console/assets/{file}", c.asset)
	mux.HandleFunc("GET /console/sign-in", c.signInPage)
	mux.HandleFunc("POST /console/sign-in", c.signIn)
	if options.Provider != nil {
		mux.HandleFunc("GET /console/sign-in/oidc", c.beginSignIn)
		mux.HandleFunc("GET /console/sign-in/oidc/callback", c.finishSignIn)
	}
	mux.HandleFunc("/console/v1/", c.forward)
	for pattern, answer := range c.pages() {
		mux.Handle(pattern, c.page(answer))
	}
	mux.Handle("/console/", c.page(noPage))
	c.handler = http.NewCrossOriginProtection().Handler(mux)
	return c
}

// pages are what there is for who is signed in, by method and path.
func (c *Console) pages() page.Routes {
	all := page.Routes{"POST /console/sign-out": c.signOut, "POST /console/frame": replyFrame}
	for _, room := range []page.Routes{gateways.Pages(), base.Pages(), apis.Pages(), deploys.Pages(), hosts.Pages(), matrix.Pages(), tries.Pages(), transfer.Pages(), admin.Pages(), reference.Pages()} {
		maps.Copy(all, room)
	}
	return all
}

// ServeHTTP answers a request.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	nonce := c.options.Nonce()
	setPolicy(w.Header(), nonce)
	c.handler.ServeHTTP(w, page.WithNonce(r, nonce))
}

// setPolicy says to browsers what pages may do. Scripts and styles are files of ours that a page names with its nonce; nothing comes
// from elsewhere, nothing goes elsewhere, and no other page can hold one of ours or keep a hand on its window.
func setPolicy(header http.Header, nonce string) {
	header.Set("Content-Security-Policy", fmt.Sprintf("default-src 'none'; script-src 'nonce-%[1]s'; style-src 'nonce-%[1]s'; img-src 'self'; connect-src 'self'; "+
		"frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'", nonce))
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Cross-Origin-Opener-Policy", "same-origin")
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Cache-Control", "no-store")
}

// page answers for whoever is signed in, and sends others to sign in.
func (c *Console) page(answer page.Func) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, err := c.resume(r)
		if err != nil {
			c.fail(w, r, nil, err)
			return
		}
		if page.HasFiles(r) {
			if c.uploads.Acquire(ctx, 1) != nil {
				c.fail(w, r, nil, &Refusal{http.StatusTooManyRequests, "Others bring in files at the moment. Try again.", time.Second})
				return
			}
			defer c.uploads.Release(1)
		}
		v := &page.Visit{Request: r.WithContext(ctx), W: w, API: page.NewClient(ctx, c.options.API)}
		if err = v.Begin(); err == nil {
			err = answer(v)
		}
		if err != nil {
			c.fail(w, r, &v.Who, err)
		}
	})
}

// resume finds the session of a request.
func (c *Console) resume(r *http.Request) (context.Context, error) {
	word := c.wordOf(r)
	if word == "" {
		return nil, ErrSignedOut
	}
	return c.options.Sessions.Resume(r, word)
}
