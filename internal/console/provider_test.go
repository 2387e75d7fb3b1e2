// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/oidctest"
	"gatewayresponses/internal/server"
	"gatewayresponses/internal/server/oidc"
)

// signsIn makes a server let people in whom a provider signs in, with some grants. Browsers find it at a URL.
func signsIn(t testing.TB, p *oidctest.Provider, public string, grants ...string) func(*server.Settings) {
	t.Helper()
	return func(s *server.Settings) {
		secret := filepath.Join(s.Data, "secret")
		if err := os.WriteFile(secret, []byte(oidctest.Secret), 0o600); err != nil {
			t.Fatal(err)
		}
		s.OIDC = oidc.Settings{Issuer: p.URL, ClientID: oidctest.ClientID, SecretFile: secret, Claim: "groups", PublicURL: public}
		for _, text := range grants {
			grant, err := auth.ParseGrant(text)
			if err != nil {
				t.Fatal(err)
			}
			s.PeopleGrants = append(s.PeopleGrants, grant)
		}
	}
}

// public is where browsers find servers that listen somewhere else: a visitor goes by the path alone.
const public = "http://127.0.0.1:1"

// leave begins a sign-in with the provider, and gives the path that the provider sends the browser back to.
func (v *visitor) leave(to string) (back string) {
	v.Helper()
	got := v.send("GET", "/console/sign-in/oidc?to="+url.QueryEscape(to), "")
	if got.status != http.StatusSeeOther {
		v.Fatalf("status %d: %s", got.status, got.body)
	}
	return v.atProvider(got.header.Get("Location"))
}

// atProvider signs in there, and gives the path that it sends the browser back to.
func (v *visitor) atProvider(at string) (back string) {
	v.Helper()
	r, err := http.NewRequestWithContext(v.Context(), http.MethodGet, at, nil)
	if err != nil {
		v.Fatal(err)
	}
	answer, err := v.client.Do(r)
	if err != nil {
		v.Fatal(err)
	}
	defer answer.Body.Close()
	u, err := answer.Location()
	if err != nil {
		v.Fatalf("%s: status %d: %v", at, answer.StatusCode, err)
	}
	return u.RequestURI()
}

// withoutToken is where a page has an ID token.
var withoutToken = regexp.MustCompile(`id_token_hint=[A-Za-z0-9._-]+`)

// TestProvider holds how people sign in without a key, what they are, and how they sign out.
func TestProvider(t *testing.T) {
	p := oidctest.New(t)
	v := newVisitor(t, signsIn(t, p, public, "shop=deploy,apis=shop*", "staff=read"))
	at := strings.TrimPrefix(p.URL, "http://")
	hold := func(name, page string) {
		t.Helper()
		page = strings.NewReplacer(at, "id.example.com", url.QueryEscape(p.URL), "ISSUER").Replace(page)
		golden.File(t, filepath.Join("testdata", name+".html"), withoutToken.ReplaceAllString(v.same(page, ""), "id_token_hint=TOKEN"))
	}
	hold("sign-in-provider", v.page("/console/sign-in?to=%2Fconsole%2Faudit"))
	got := v.send("GET", v.leave("/console/audit?before=7"), "")
	v.goesTo(got, "/console/audit?before=7")
	if cookies := got.header.Values("Set-Cookie"); len(cookies) != 5 || !strings.HasPrefix(cookies[4], "gwrd=") || !strings.HasSuffix(cookies[4], "; Path=/; HttpOnly; SameSite=Lax") {
		t.Errorf("the cookies are %q", cookies)
	}
	who := v.send("GET", "/console/v1/caller", "").body
	if !strings.Contains(who, `"name":"Ann","person":"`+p.URL+`|ann","rights":{"role":"deploy","apis":["shop*"],"also":[{"role":"read"}]}`) {
		t.Errorf("the caller is %s", who)
	}
	if v.page("/console/"); v.send("GET", "/console/keys", "").status != http.StatusForbidden {
		t.Error("the keys are shown")
	}
	entry := v.api("GET", "/audit?limit=1", nil).Get("items.0")
	if entry.Get("action").String() != "SignIn" || entry.Get("by").String() != "Ann" || entry.Get("person").String() != p.URL+"|ann" || strings.Contains(entry.Raw, "staff") {
		t.Errorf("the audit log has %s", entry.Raw)
	}
	got = v.post("/console/sign-out")
	if got.status != http.StatusOK || v.send("GET", "/console/", "").status != http.StatusSeeOther {
		t.Errorf("signed out: status %d", got.status)
	}
	hold("signed-out", got.body)

	p.Claims = func(c map[string]any) { c["groups"] = hostile }
	got = v.send("GET", v.leave("/console/"), "")
	if got.status != http.StatusForbidden || v.send("GET", "/console/", "").status != http.StatusSeeOther {
		t.Errorf("in no group: status %d", got.status)
	}
	hold("not-granted", got.body)
	p.Claims = func(c map[string]any) { c["groups"] = map[string]any{"admin": true} }
	if got = v.send("GET", v.leave("/console/"), ""); got.status != http.StatusForbidden || !strings.Contains(got.body, "is no list of texts, but &#34;{\\&#34;admin\\&#34;:true}") {
		t.Errorf("with groups of another type: status %d: %s", got.status, got.body)
	}
	many := make([]string, 10_000)
	for i := range many {
		many[i] = fmt.Sprint("g", i)
	}
	p.Claims = func(c map[string]any) { c["groups"] = many }
	if got = v.send("GET", v.leave("/console/"), ""); got.status != http.StatusForbidden || !strings.Contains(got.body, "and 9950 more") || len(got.body) > 20_000 {
		t.Errorf("in 10,000 groups: status %d, %d bytes", got.status, len(got.body))
	}
}

// TestProviderAttacks holds what a browser is not led to believe.
func TestProviderAttacks(t *testing.T) {
	p := oidctest.New(t)
	v := newVisitor(t, signsIn(t, p, public, "*=read"))
	attacker := v.leave("/console/")
	v.forget()
	refused := func(what, path, why string) {
		t.Helper()
		got := v.send("GET", path, "")
		if got.status != http.StatusBadRequest || !strings.Contains(got.body, why) || len(got.header.Values("Set-Cookie")) != 2 {
			t.Errorf("%s: status %d, %q: %s", what, got.status, got.header.Values("Set-Cookie"), got.body)
		}
		if v.send("GET", "/console/", "").status != http.StatusSeeOther {
			t.Errorf("%s: somebody is signed in", what)
		}
	}
	refused("the sign-in of an attacker, in the browser of a victim who does not sign in", attacker, "not begun in this browser")
	v.leave("/console/")
	refused("the sign-in of an attacker, in the browser of a victim who does", attacker, "belongs to another sign-in")
	back := v.leave("/console/")
	cookies := v.client.Jar
	v.goesTo(v.send("GET", back, ""), "/console/")
	v.forget()
	v.client.Jar = cookies
	for to, want := range map[string]string{"//evil.example/console/": "/console/", "https://evil.example/": "/console/", "/v1/keys": "/console/", "/console/sign-in/oidc": "/console/", `/console/\evil`: "/console/%5Cevil"} {
		v.goesTo(v.send("GET", v.leave(to), ""), want)
	}

	v.forget() // a session that somebody else began in this browser is left behind
	v.signIn(v.key)
	fixed := v.session()
	v.goesTo(v.send("GET", v.leave("/console/"), ""), "/console/")
	if now := v.session(); now == fixed || now == "" {
		t.Error("the session goes on with the word that it had before")
	}
	if who := v.send("GET", "/console/v1/caller", "").body; !strings.Contains(who, `"name":"Ann"`) {
		t.Errorf("the caller is %s", who)
	}
	for range 21 {
		v.forget()
		if got := v.send("GET", attacker, ""); got.status == http.StatusTooManyRequests {
			return
		}
	}
	t.Error("who fails often is not held up")
}

// session is the word of the session that the browser has.
func (v *visitor) session() string {
	v.Helper()
	at, err := url.Parse(v.url)
	if err != nil {
		v.Fatal(err)
	}
	for _, cookie := range v.client.Jar.Cookies(at) {
		if cookie.Name == "gwrd" {
			return cookie.Value
		}
	}
	return ""
}

// TestProviderSecure holds that behind TLS everything that a browser keeps is for TLS and for this host alone.
func TestProviderSecure(t *testing.T) {
	p := oidctest.New(t)
	v := newVisitor(t, signsIn(t, p, "https://gwrd.example.com", "*=read"))
	if body := v.page("/console/sign-in"); !strings.Contains(body, `href="https://gwrd.example.com/console/sign-in/oidc?to=%2Fconsole%2F"`) {
		t.Errorf("the page to sign in leads elsewhere: %s", body)
	}
	got := v.send("GET", "/console/sign-in/oidc", "", "Host: evil.example")
	begun, _, _ := strings.Cut(got.header.Get("Set-Cookie"), ";")
	if cookie := got.header.Get("Set-Cookie"); !strings.HasPrefix(cookie, "__Host-gwrd-sign-in=") || !strings.HasSuffix(cookie, "; Path=/; Max-Age=600; HttpOnly; Secure; SameSite=Lax") {
		t.Errorf("the cookie is %q", cookie)
	}
	if at := got.header.Get("Location"); !strings.Contains(at, "redirect_uri="+url.QueryEscape("https://gwrd.example.com/console/sign-in/oidc/callback")) {
		t.Errorf("the provider sends browsers back elsewhere: %s", at)
	}
	got = v.send("GET", v.atProvider(got.header.Get("Location")), "", "Cookie: "+begun)
	cookies := got.header.Values("Set-Cookie")
	if len(cookies) != 5 || !strings.HasPrefix(cookies[4], "__Host-gwrd=") || !strings.HasSuffix(cookies[4], "; Path=/; HttpOnly; Secure; SameSite=Lax") {
		t.Fatalf("the cookies are %q", cookies)
	}
	word, _, _ := strings.Cut(strings.TrimPrefix(cookies[4], "__Host-gwrd="), ";")
	for _, tc := range []struct {
		what, cookie, host string
		status             int
	}{
		{"its cookie", "__Host-gwrd=" + word, "gwrd.example.com", http.StatusOK},
		{"a cookie that another host of the site may have set", "gwrd=" + word, "gwrd.example.com", http.StatusSeeOther},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, v.url+"/console/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = tc.host
		r.Header.Set("Cookie", tc.cookie)
		answer, err := v.client.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		defer answer.Body.Close()
		if answer.StatusCode != tc.status {
			t.Errorf("%s: status %d, want %d", tc.what, answer.StatusCode, tc.status)
		}
	}
}

// TestProviderAway holds that a server whose provider is down starts, says so, and lets people in by their keys.
func TestProviderAway(t *testing.T) {
	p := oidctest.New(t)
	p.Instead = func(w http.ResponseWriter, _ *http.Request) bool { w.WriteHeader(http.StatusBadGateway); return true }
	v := newVisitor(t, signsIn(t, p, public, "*=read"))
	if got := v.send("GET", "/console/sign-in/oidc", ""); got.status != http.StatusBadGateway || !strings.Contains(got.body, "cannot be reached now") || !strings.Contains(got.body, "could not be reached a moment ago") {
		t.Errorf("status %d: %s", got.status, got.body)
	}
	if body := v.page("/console/sign-in"); !strings.Contains(body, "could not be reached a moment ago") {
		t.Errorf("the page to sign in says nothing of it: %s", body)
	}
	v.signIn(v.key)
	v.goesTo(v.post("/console/sign-out"), "/console/sign-in")
}

// TestNoProvider holds that without a provider there is nothing of it.
func TestNoProvider(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	for _, path := range []string{"/console/sign-in/oidc", "/console/sign-in/oidc/callback?code=x&state=y"} {
		if got := v.send("GET", path, ""); got.status != http.StatusNotFound {
			t.Errorf("%s: status %d", path, got.status)
		}
	}
}

// TestSessionsPage holds how an administrator sees who is signed in, and ends that.
func TestSessionsPage(t *testing.T) {
	p := oidctest.New(t)
	v := newVisitor(t, signsIn(t, p, public, "shop=deploy,apis=shop*,hosts=*.shop.example", "staff=read"))
	hold := func(name, page string) {
		t.Helper()
		page = strings.NewReplacer(p.URL, "https://id.example.com", strings.ToLower(url.QueryEscape(p.URL)), "ISSUER").Replace(page)
		golden.File(t, filepath.Join("testdata", name+".html"), v.same(page, ""))
	}
	ann := *v
	ann.forget()
	ann.goesTo(ann.send("GET", ann.leave("/console/"), ""), "/console/")
	phone := *v
	phone.forget()
	phone.goesTo(phone.send("GET", phone.leave("/console/"), ""), "/console/")
	v.signIn(v.key)
	hold("sessions", v.page("/console/sessions"))
	first := v.api("GET", "/sessions", nil).Get("items.1.id").String()
	hold("sessions-end", v.page("/console/sessions/end?session="+first))
	v.goesTo(v.post("/console/sessions/end", "session", first), "/console/sessions")
	if phone.send("GET", "/console/", "").status != http.StatusSeeOther || ann.send("GET", "/console/", "").status != http.StatusOK {
		t.Error("the newer session of the person should be over, and the older one not")
	}
	of := p.URL + "|ann"
	hold("sessions-end-all", v.page("/console/sessions/end?of="+url.QueryEscape(of)))
	v.goesTo(v.post("/console/sessions/end", "of", of), "/console/sessions")
	if ann.send("GET", "/console/", "").status != http.StatusSeeOther {
		t.Error("the session goes on")
	}
	if body := v.page("/console/sessions/end?session=" + first); !strings.Contains(body, "Nobody to sign out") || strings.Contains(body, "<button class=\"danger\"") {
		t.Errorf("a session that is over: %s", body)
	}
	if got := v.post("/console/sessions/end", "session", first); got.status != http.StatusNotFound {
		t.Errorf("ended again: status %d", got.status)
	}
	if body := v.page("/console/audit"); !strings.Contains(body, "EndSessions") || !strings.Contains(body, `by <bdi>Ann</bdi> <code class="faint">`+of) {
		t.Errorf("the audit log has no subject: %s", body)
	}

	p.Claims = func(c map[string]any) {
		c["preferred_username"], c["sub"] = strings.Join(hostile, " "), `<script>"|ann`
	}
	ann.goesTo(ann.send("GET", ann.leave("/console/"), ""), "/console/")
	for _, path := range []string{"/console/sessions", "/console/sessions/end?of=" + url.QueryEscape(p.URL+`|<script>"|ann`), "/console/audit"} {
		v.tame(path)
	}
	ann.tame("/console/")
}
