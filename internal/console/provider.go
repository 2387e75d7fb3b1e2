// SPDX-License-Identifier: Apache-2.0

package console

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// Provider signs people in who need no key: their browser goes there, and comes back.
type Provider interface {
	// Name is what people call it.
	Name() string
	// Away reports whether it could not be reached when it was last asked.
	Away() bool
	// Public is the URL of a path of the server, as browsers find it.
	Public(path string) string
	// Begin begins a sign-in that leads to an address of ours. It gives the URL to send the browser to, and what the browser has to keep
	// until it is back. A *Refusal says why not.
	Begin(ctx context.Context, to string) (at, kept string, err error)
	// Finish begins a session, of what the browser kept and the request that it is back with. It gives the word of the session and the
	// address that the sign-in leads to. A *Refusal says why not, and a *NotGranted of whom.
	Finish(r *http.Request, kept string) (word, to string, err error)
}

// NotGranted says that the provider knows somebody who may do nothing here.
type NotGranted struct {
	// Provider is who knows the person, and Name who that is.
	Provider, Name string
	// Claim is what gives rights, and Values are what the provider said there, as far as they are shown; More is how many others there are.
	Claim  string
	Values []string
	More   int
	// Why says why there are no values; "" with some.
	Why string
	// SignOut is where another person can sign in there; "" is nowhere.
	SignOut string
}

func (*NotGranted) Error() string { return "nothing is granted to this person" }

const (
	// secureBegun and plainBegun are the cookies of a sign-in that is under way, with TLS and without.
	secureBegun = "__Host-gwrd-sign-in"
	plainBegun  = "gwrd-sign-in"
	// begunTime is how long browsers keep it, in seconds.
	begunTime = 600
)

// elsewhere is what the page to sign in shows of the provider.
type elsewhere struct {
	Name string
	// URL begins a sign-in there.
	URL  string
	Away bool
}

// elsewhere is where people sign in who need no key, and then go to an address; nil is nowhere. The link leads to where the provider
// sends browsers back to: a cookie of another address would be missing there.
func (c *Console) elsewhere(to string) *elsewhere {
	provider := c.options.Provider
	if provider == nil {
		return nil
	}
	return &elsewhere{provider.Name(), provider.Public("/console/sign-in/oidc?to=" + url.QueryEscape(to)), provider.Away()}
}

// signedOut is what the page shows of who is signed out here, and not at the provider.
type signedOut struct{ Name, URL string }

// beginSignIn sends a browser to the provider.
func (c *Console) beginSignIn(w http.ResponseWriter, r *http.Request) {
	to := pageOfOurs(r.URL.Query().Get("to"))
	at, kept, err := c.options.Provider.Begin(r.Context(), to)
	if err != nil {
		c.refuseSignIn(w, r, to, err)
		return
	}
	cookie := &http.Cookie{Name: plainBegun, Value: kept, Path: "/", MaxAge: begunTime, HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if c.isPublicTLS() {
		cookie.Name, cookie.Secure = secureBegun, true
	}
	http.SetCookie(w, cookie)
	http.Redirect(w, r, at, http.StatusSeeOther)
}

// isPublicTLS reports whether the address that the provider sends browsers back to is one of TLS.
func (c *Console) isPublicTLS() bool {
	return strings.HasPrefix(c.options.Provider.Public(""), "https://")
}

// finishSignIn begins a session of whoever is back from the provider.
func (c *Console) finishSignIn(w http.ResponseWriter, r *http.Request) {
	drop(w, secureBegun, plainBegun)
	word, to, err := c.options.Provider.Finish(r, c.kept(r, secureBegun, plainBegun))
	if err != nil {
		c.refuseSignIn(w, r, "/console/", err)
		return
	}
	dropCookies(w)
	setCookie(w, c.isPublicTLS(), word)
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// refuseSignIn says why somebody who comes from the provider is not let in.
func (c *Console) refuseSignIn(w http.ResponseWriter, r *http.Request, to string, err error) {
	var refused *Refusal
	var known *NotGranted
	switch {
	case errors.As(err, &refused):
		setRetryAfter(w, refused)
		c.askToSignIn(w, r, refused.Status, signInForm{To: to, Why: refused.Message})
	case errors.As(err, &known):
		if err := templates["notgranted.html"].Write(w, r, nil, http.StatusForbidden, known); err != nil {
			c.fail(w, r, nil, err)
		}
	default:
		c.fail(w, r, nil, err)
	}
}
