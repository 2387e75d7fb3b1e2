// SPDX-License-Identifier: Apache-2.0

package oidc_test

import (
	"context"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// freeAddress is an address that nobody listens at.
func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

// gwrd is a server that runs, as make build builds it.
type gwrd struct {
	t    *testing.T
	url  string
	data string
}

// startGwrd builds and starts a server that a provider signs people in to.
func startGwrd(t *testing.T, address, issuer string, flags ...string) *gwrd {
	t.Helper()
	folder := t.TempDir()
	binary := filepath.Join(folder, "gwrd")
	build := exec.CommandContext(t.Context(), "go", "build", "-o", binary, "./cmd/gwrd")
	build.Dir = "../.."
	if text, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	file := filepath.Join(folder, "secret")
	if err := os.WriteFile(file, []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := &gwrd{t: t, url: "http://" + address, data: filepath.Join(folder, "data")}
	run := exec.Command(binary, append([]string{
		"--data", s.data, "--listen", address, "--xds-listen", "127.0.0.1:0", "--ops-listen", "127.0.0.1:0", "--public-url", s.url,
		"--oidc-issuer", issuer, "--oidc-client-id", clientID, "--oidc-client-secret-file", file,
	}, flags...)...)
	stderr := &strings.Builder{}
	run.Stderr = stderr
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = run.Process.Signal(syscall.SIGTERM)
		if err := run.Wait(); err != nil || t.Failed() {
			t.Errorf("gwrd: %v\n%s", err, stderr)
		}
	})
	for until := time.Now().Add(20 * time.Second); time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if answer, err := http.Get(s.url + "/console/sign-in"); err == nil {
			if err := answer.Body.Close(); err != nil {
				t.Error(err)
			}
			return s
		}
	}
	t.Fatal("gwrd does not answer")
	return nil
}

// browser is a browser that follows redirects wherever they lead.
type browser struct {
	t *testing.T
	*http.Client
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, &http.Client{Jar: jar, Timeout: 20 * time.Second}}
}

// page is what a browser shows.
type page struct {
	at     *url.URL
	status int
	text   string
}

// get goes to an address; form sends a form.
func (b *browser) get(at string) page {
	b.t.Helper()
	return b.send(http.MethodGet, at, nil, "")
}

func (b *browser) form(at, origin string, values url.Values) page {
	b.t.Helper()
	return b.send(http.MethodPost, at, strings.NewReader(values.Encode()), origin)
}

func (b *browser) send(method, at string, body io.Reader, origin string) page {
	b.t.Helper()
	r, err := http.NewRequestWithContext(context.Background(), method, at, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if body != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", origin)
	}
	answer, err := b.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return page{answer.Request.URL, answer.StatusCode, string(text)}
}

// link is the address of a link that says something.
func (b *browser) link(shown page, says string) string {
	b.t.Helper()
	found := regexp.MustCompile(`href="([^"]*)">` + says).FindStringSubmatch(shown.text)
	if found == nil {
		b.t.Fatalf("%s has no link %q: %s", shown.at, says, shown.text)
	}
	return strings.ReplaceAll(found[1], "&amp;", "&")
}

// signIn signs in with the provider's form, and gives the page that the browser is at then.
func (b *browser) signIn(s *gwrd, p *provider, user string) page {
	b.t.Helper()
	form := b.get(b.link(b.get(s.url+"/console/audit"), "Sign in with "))
	id := regexp.MustCompile(`name="id" value="([^"]+)"`).FindStringSubmatch(form.text)
	if form.at.Host == "" || !strings.HasPrefix(form.at.String(), p.url+"/login/") || id == nil {
		b.t.Fatalf("at %s: %s", form.at, form.text)
	}
	return b.form(p.url+"/login/username", p.url, url.Values{"username": {user}, "password": {"verysecure"}, "id": {id[1]}})
}

// caller is who a session is of.
type caller struct {
	Name, Person string
	Rights       struct{ Role string }
}

// caller is who /v1 says that the session of the browser is of.
func (b *browser) caller(s *gwrd) (who caller) {
	b.t.Helper()
	if got := b.get(s.url + "/console/v1/caller"); json.Unmarshal([]byte(got.text), &who) != nil {
		b.t.Fatalf("the caller is %s", got.text)
	}
	return who
}

// TestSignIn goes all the way: to the provider, through its form and back, with keys that change, and out again.
func TestSignIn(t *testing.T) {
	address := freeAddress(t)
	p := newProvider(t, "http://"+address)
	s := startGwrd(t, address, p.url, "--oidc-grant", "platform=admin", "--oidc-grant", "shop=edit,apis=shop*")
	p.setGroups("shop", "staff")
	b := newBrowser(t)
	if got := b.signIn(s, p, "test-user2"); got.status != http.StatusOK || got.at.String() != s.url+"/console/audit" {
		t.Fatalf("at %s with status %d: %s", got.at, got.status, got.text)
	}
	if who := b.caller(s); who.Name != "test-user2" || who.Person != p.url+"|id2" || who.Rights.Role != "edit" {
		t.Errorf("the caller is %+v", who)
	}

	p.rotate(t, "key-2")
	p.setGroups("platform")
	admin := newBrowser(t)
	if got := admin.signIn(s, p, "test-user2"); got.status != http.StatusOK {
		t.Fatalf("with a new key: at %s with status %d: %s", got.at, got.status, got.text)
	}
	if who := admin.caller(s); who.Rights.Role != "admin" {
		t.Errorf("in another group the caller is %+v", who)
	}
	if who := b.caller(s); who.Rights.Role != "edit" {
		t.Errorf("the session of before has %+v", who)
	}

	p.setGroups("strangers")
	if got := newBrowser(t).signIn(s, p, "test-user2"); got.status != http.StatusForbidden || !strings.Contains(got.text, "<code>strangers</code>") {
		t.Errorf("in no group that is known: at %s with status %d: %s", got.at, got.status, got.text)
	}

	out := admin.form(s.url+"/console/sign-out", s.url, nil)
	if got := admin.get(s.url + "/console/"); got.at.Path != "/console/sign-in" {
		t.Errorf("signed out, the browser is at %s", got.at)
	}
	if got := admin.get(admin.link(out, "Sign out of ")); got.status != http.StatusOK || got.at.String() != s.url+"/console/sign-in" {
		t.Errorf("signing out of the provider, too: at %s with status %d: %s", got.at, got.status, got.text)
	}
}

// TestProviderDown holds that gwrd starts without its provider, and takes it when it comes.
func TestProviderDown(t *testing.T) {
	s := startGwrd(t, freeAddress(t), "http://"+freeAddress(t), "--oidc-grant", "*=read")
	b := newBrowser(t)
	if got := b.get(b.link(b.get(s.url+"/console/sign-in"), "Sign in with ")); got.status != http.StatusBadGateway || !strings.Contains(got.text, "cannot be reached now") {
		t.Errorf("at %s with status %d: %s", got.at, got.status, got.text)
	}
	key, err := os.ReadFile(filepath.Join(s.data, "admin-key"))
	if err != nil {
		t.Fatal(err)
	}
	if got := b.form(s.url+"/console/sign-in", s.url, url.Values{"key": {string(key)}}); got.status != http.StatusOK || got.at.Path != "/console/" {
		t.Errorf("by key: at %s with status %d", got.at, got.status)
	}
}
