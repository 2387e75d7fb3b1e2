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

// wordOf is the word of the session that a request is of, "" for none.
func wordOf(r *http.Request) string {
	for _, name := range []string{secureCookie, plainCookie} {
		if name == plainCookie && r.TLS != nil {
			continue // another host of the same site may have set it
		}
		if cookie, err := r.Cookie(name); err == nil {
			return cookie.Value
		}
	}
	return ""
}

// setCookie gives a browser the word of a session, until the browser ends. Links from elsewhere find who is signed in; forms from
// elsewhere do not.
func setCookie(w http.ResponseWriter, r *http.Request, word string) {
	cookie := &http.Cookie{Name: plainCookie, Value: word, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode}
	if isSecure(r) {
		cookie.Name, cookie.Secure = secureCookie, true
	}
	http.SetCookie(w, cookie)
}

// dropCookies takes the word of a session from a browser.
func dropCookies(w http.ResponseWriter) {
	for _, name := range []string{secureCookie, plainCookie} {
		http.SetCookie(w, &http.Cookie{Name: name, Path: "/", MaxAge: -1, HttpOnly: true, Secure: name == secureCookie, SameSite: http.SameSiteLaxMode})
	}
}

// signInForm is what the page to sign in shows.
type signInForm struct {
	// To is where to go then, and Why is what went wrong before.
	To, Why string
}

func (c *Console) signInPage(w http.ResponseWriter, r *http.Request) {
	c.askToSignIn(w, r, http.StatusOK, signInForm{To: pageOfOurs(r.URL.Query().Get("to"))})
}

func (c *Console) askToSignIn(w http.ResponseWriter, r *http.Request, status int, form signInForm) {
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
		c.askToSignIn(w, r, refused.Status, signInForm{to, refused.Message})
	case err != nil:
		c.fail(w, r, nil, err)
	default:
		dropCookies(w)
		setCookie(w, r, word)
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
	if err != nil || u.Scheme != "" || u.Host != "" || u.Opaque != "" || !strings.HasPrefix(u.Path, "/console/") {
		return "/console/"
	}
	return (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.Query().Encode()}).String()
}

// signOut ends the session.
func (c *Console) signOut(v *page.Visit) error {
	if err := c.options.Sessions.SignOut(v.Context(), wordOf(v.Request)); err != nil {
		return err
	}
	dropCookies(v.W)
	return v.Redirect("/console/sign-in")
}
