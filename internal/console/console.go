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
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"time"
)

// Options are what a Console works with.
type Options struct {
	// API answers requests below /v1, as whoever the context of Sessions.Resume is for.
	API http.Handler
	// Sessions know who is signed in.
	Sessions Sessions
	// Nonce makes the word that lets a page load its own scripts and styles; nil makes it by chance.
	Nonce func() string
	// Failed is told why the server could not make a page; nil drops it.
	Failed func(*http.Request, error)
}

// Sessions know who is signed in. Another way to sign in is another implementation: the console only keeps words in cookies.
type Sessions interface {
	// SignIn begins a session of whoever has the key that a form holds, and gives its word. A *Refusal says why not.
	SignIn(r *http.Request, key string) (word string, err error)
	// Resume gives a context in which the API answers for whoever the session is of. It says ErrSignedOut of one that is over, and
	// *Refusal if the caller is too fast.
	Resume(r *http.Request, word string) (context.Context, error)
	// SignOut ends a session, in a context of Resume.
	SignOut(ctx context.Context, word string) error
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
}

// New makes a Console.
func New(options Options) *Console {
	if options.Nonce == nil {
		options.Nonce = rand.Text
	}
	if options.Failed == nil {
		options.Failed = func(*http.Request, error) {}
	}
	c := &Console{options: options}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /console/assets/{file}", c.asset)
	mux.HandleFunc("GET /console/sign-in", c.signInPage)
	mux.HandleFunc("POST /console/sign-in", c.signIn)
	mux.HandleFunc("/console/v1/", c.forward)
	for pattern, page := range pages() {
		mux.Handle(pattern, c.page(page))
	}
	mux.Handle("/console/", c.page(noPage))
	c.handler = http.NewCrossOriginProtection().Handler(mux)
	return c
}

// pages are what there is for who is signed in, by method and path.
func pages() map[string]func(*visit) error {
	return map[string]func(*visit) error{
		"GET /console/{$}":                            overview,
		"POST /console/sign-out":                      signOut,
		"GET /console/gateways/{gateway}":             history,
		"GET /console/gateways/{gateway}/diff":        differences,
		"GET /console/gateways/{gateway}/pin":         pinPage,
		"POST /console/gateways/{gateway}/pin":        pin,
		"GET /console/gateways/{gateway}/release":     releasePage,
		"POST /console/gateways/{gateway}/release":    release,
		"GET /console/gateways/{gateway}/switch":      switchPage,
		"POST /console/gateways/{gateway}/switch":     putSwitch,
		"GET /console/gateways/{gateway}/switch/end":  endSwitchPage,
		"POST /console/gateways/{gateway}/switch/end": endSwitch,
		"GET /console/apis/{api}/switch":              switchPage,
		"POST /console/apis/{api}/switch":             putSwitch,
		"GET /console/apis/{api}/switch/end":          endSwitchPage,
		"POST /console/apis/{api}/switch/end":         endSwitch,
		"GET /console/apis/{api}/responses/{type}":    editResponse,
		"POST /console/apis/{api}/responses/{type}":   saveResponse,
		"POST /console/frame":                         replyFrame,
		"GET /console/apis/{api}":                     responses,
		"GET /console/audit":                          audit,
		"POST /console/keys":                          makeKey,
		"GET /console/keys/{key}/revoke":              revokePage,
		"POST /console/keys/{key}/revoke":             revoke,
		"GET /console/keys":                           keys,
	}
}

// ServeHTTP answers a request.
func (c *Console) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	nonce := c.options.Nonce()
	setPolicy(w.Header(), nonce)
	c.handler.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), nonceKey{}, nonce)))
}

type nonceKey struct{}

// nonceOf is the nonce of the answer to a request.
func nonceOf(r *http.Request) string {
	nonce, _ := r.Context().Value(nonceKey{}).(string)
	return nonce
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

// visit is one request of somebody who is signed in.
type visit struct {
	*http.Request
	w       http.ResponseWriter
	console *Console
	// api answers for the caller.
	api client
	// who is the caller.
	who who
}

// page answers for whoever is signed in, and sends others to sign in.
func (c *Console) page(answer func(*visit) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v, err := c.visit(w, r)
		if err == nil {
			err = answer(v)
		}
		if err != nil {
			c.fail(w, r, v, err)
		}
	})
}

// visit finds out who is there.
func (c *Console) visit(w http.ResponseWriter, r *http.Request) (*visit, error) {
	ctx, err := c.resume(r)
	if err != nil {
		return nil, err
	}
	v := &visit{Request: r.WithContext(ctx), w: w, console: c, api: client{ctx: ctx, api: c.options.API}}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := v.ParseForm(); err != nil {
			return nil, badForm(err)
		}
	}
	if err := v.api.get(&v.who, "caller"); err != nil {
		return nil, err
	}
	return v, nil
}

// resume finds the session of a request.
func (c *Console) resume(r *http.Request) (context.Context, error) {
	word := wordOf(r)
	if word == "" {
		return nil, ErrSignedOut
	}
	return c.options.Sessions.Resume(r, word)
}

// redirect goes to a page after a form has done its work.
func (v *visit) redirect(to string) error {
	http.Redirect(v.w, v.Request, to, http.StatusSeeOther)
	return nil
}

// show answers with a page.
func (v *visit) show(status int, name string, data any) error {
	return v.console.show(v.w, v.Request, v, status, name, data)
}

// show answers with a page, of somebody who is signed in or, without a visit, of anybody. It is written whole, or not at all.
func (c *Console) show(w http.ResponseWriter, r *http.Request, v *visit, status int, name string, data any) error {
	p := frame{Nonce: nonceOf(r), Path: r.URL.Path, Data: data, Live: status == http.StatusOK && name == "overview.html"}
	if v != nil {
		p.Who = &v.who
	}
	var text bytes.Buffer
	if err := templates[name].ExecuteTemplate(&text, "frame.html", p); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(bytes.ToValidUTF8(text.Bytes(), []byte("\uFFFD"))) // a client that is gone needs no answer
	return nil
}
