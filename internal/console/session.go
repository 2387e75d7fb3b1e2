// SPDX-License-Identifier: Apache-2.0

package console

import (
	"errors"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"gatewayresponses/internal/console/page"
)

const (
	// secureCookie keeps the word of a session. Browsers take a name with this prefix from this very host alone, over TLS.
	secureCookie = "__Host-gwrd"
	// plainCookie is its name without TLS, where browsers take no such prefix: on this machine, or behind something that speaks TLS
	// and does not say so.
	plainCookie = "gwrd"
)

// isSecure reports whether the browser speaks TLS, to the server or to what stands before it.
func isSecure(r *http.Request) bool {
	return r.TLS != nil || strings.HasPrefix(r.Header.Get("Origin"), "https://")
}

// isTLSOnly reports whether browsers reach a host by nothing but TLS.
func (c *Console) isTLSOnly(r *http.Request) bool {
	return r.TLS != nil || c.options.Provider != nil && c.options.Provider.Public("") == "https://"+r.Host
}

// wordOf is the word of the session that a request is of, "" for none.
func (c *Console) wordOf(r *http.Request) string { return c.kept(r, secureCookie, plainCookie) }

// kept is what a browser keeps in one of two cookies, the second one without TLS; "" for nothing.
func (c *Console) kept(r *http.Request, secure, plain string) string {
	if cookie, err := r.Cookie(secure); err == nil {
		return cookie.Value
	}
	if cookie, err := r.Cookie(plain); err == nil && !c.isTLSOnly(r) { // with TLS, another host of the same site may have set it
		return cookie.Value
	}
	return ""
}

// setCookie gives a browser the word of a session, until the browser ends. Links from elsewhere find who is signed in; forms from
// elsewhere do not.
func setCookie(w http.ResponseWriter, secure bool, word string) {
	cookie := &http.Cookie{Name: plainCookie, Value: word, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if secure {
		cookie.Name, cookie.Secure = secureCookie, true
	}
	http.SetCookie(w, cookie)
}

// dropCookies takes the word of a session from a browser.
func dropCookies(w http.ResponseWriter) { drop(w, secureCookie, plainCookie) }

// drop takes cookies from a browser, the first of which is for TLS.
func drop(w http.ResponseWriter, secure, plain string) {
	for _, name := range []string{secure, plain} {
		http.SetCookie(w, &http.Cookie{Name: name, Path: "/", MaxAge: -1, HttpOnly: true, Secure: name == secure, SameSite: http.SameSiteLaxMode})
	}
}

// signInForm is what the page to sign in shows.
type signInForm struct {
	// To is where to go then, and Why is what went wrong before.
	To, Why string
	// Once is the word of a link that signs in whoever has it, "" for none.
	Once string
	// Elsewhere is where people sign in who need no key; nil is nowhere.
	Elsewhere *elsewhere
}

func (c *Console) signInPage(w http.ResponseWriter, r *http.Request) {
	c.askToSignIn(w, r, http.StatusOK, signInForm{To: pageOfOurs(r.URL.Query().Get("to")), Once: r.URL.Query().Get("once")})
}

func (c *Console) askToSignIn(w http.ResponseWriter, r *http.Request, status int, form signInForm) {
	form.Elsewhere = c.elsewhere(form.To)
	if err := templates["signin.html"].Write(w, r, nil, status, form); err != nil {
		c.fail(w, r, nil, err)
	}
}

// signIn begins a session.
func (c *Console) signIn(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, page.MaxForm)
	to := pageOfOurs(r.PostFormValue("to"))
	word, err := c.options.Sessions.SignIn(r, strings.TrimSpace(r.PostFormValue("key")))
	var refused *Refusal
	switch {
	case errors.As(err, &refused):
		setRetryAfter(w, refused)
		c.askToSignIn(w, r, refused.Status, signInForm{To: to, Why: refused.Message})
	case err != nil:
		c.fail(w, r, nil, err)
	default:
		dropCookies(w)
		setCookie(w, isSecure(r), word)
		http.Redirect(w, r, to, http.StatusSeeOther)
	}
}

// setRetryAfter says when to try again.
func setRetryAfter(w http.ResponseWriter, refused *Refusal) {
	if refused.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(refused.RetryAfter.Seconds()))))
	}
}

// pageOfOurs is where a form or a link wants to go, if that is a page of the console; else it is the first page.
func pageOfOurs(to string) string {
	u, err := url.Parse(to)
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(u.Path, "/console/") || strings.HasPrefix(u.Path, "/console/sign-") {
		return "/console/"
	}
	return (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.Query().Encode()}).String()
}

// signOut ends the session. Who came from a provider is still signed in there, and can end that, too.
func (c *Console) signOut(v *page.Visit) error {
	elsewhere, err := c.options.Sessions.SignOut(v.Context(), c.wordOf(v.Request))
	if err != nil {
		return err
	}
	dropCookies(v.W)
	if elsewhere == "" {
		return v.Redirect("/console/sign-in")
	}
	return templates["signedout.html"].Write(v.W, v.Request, nil, http.StatusOK, signedOut{c.options.Provider.Name(), elsewhere})
}
