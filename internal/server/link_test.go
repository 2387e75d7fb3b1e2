// SPDX-License-Identifier: Apache-2.0

package server

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// signIn sends the form of the page to sign in with a key, and gives status and page.
func (r *running) signIn(t *testing.T, key string) (int, string) {
	t.Helper()
	form := url.Values{"key": {key}, "to": {"/console/audit"}}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.URL()+"/console/sign-in", strings.NewReader(form.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	return read(t, stay, request)
}

// TestSignInLink holds that a link signs in once, within its time, and whoever has the last one only.
func TestSignInLink(t *testing.T) {
	settings := testSettings(t)
	r := start(t, settings, nil)
	link := func() string {
		t.Helper()
		made, err := r.SignInLink()
		if err != nil {
			t.Fatal(err)
		}
		if status, page := r.get(t, made); status != http.StatusOK || strings.Contains(page, r.key) || !strings.Contains(page, "Your link signs you in once") {
			t.Fatalf("the page of a link: status %d: %s", status, page)
		}
		_, word, _ := strings.Cut(made, "?once=")
		return word
	}
	refused := func(what, word string) {
		t.Helper()
		if status, page := r.signIn(t, word); status != http.StatusForbidden || !strings.Contains(page, "This link was used already, or it is older than five minutes") || !strings.Contains(page, "Access key") {
			t.Errorf("%s: status %d: %s", what, status, page)
		}
	}
	refused("a word before there is a link", linkPrefix)
	first, word := link(), link()
	refused("a link that another one replaced", first)
	refused("another word", word[:len(word)-1]+"!")
	if status, page := r.signIn(t, word); status != http.StatusSeeOther {
		t.Errorf("a link: status %d: %s", status, page)
	}
	refused("a link that was used", word)
	refused("no word after that", linkPrefix)
	word = link()
	r.link.ends = time.Now()
	refused("a link that is too old", word)
	if log := r.log.String(); strings.Contains(log, linkPrefix) {
		t.Errorf("the word of a link is in the log:\n%s", log)
	}
	if err := os.Remove(filepath.Join(settings.Data, BearerFile)); err != nil {
		t.Fatal(err)
	}
	if made, err := r.SignInLink(); !os.IsNotExist(err) {
		t.Errorf("without the file of the key: %q, %v", made, err)
	}
}
