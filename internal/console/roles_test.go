// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/auth"
)

// ledTo is where a page leads to.
var ledTo = regexp.MustCompile(`href="(/console/[^"#]*)`)

// hidden is what a page offers to nobody until a script says so.
var hidden = regexp.MustCompile(`(?s)<p [^>]*hidden>.*?</p>`)

// crawl goes to every page that is linked to, from the first one on, and gives all pages by their addresses. Each must be there: a page
// that is offered is not refused.
func (v *visitor) crawl(who string) map[string]string {
	v.Helper()
	pages := map[string]string{}
	for next := []string{"/console/"}; len(next) > 0; next = next[1:] {
		path := next[0]
		if _, ok := pages[path]; ok || strings.HasPrefix(path, "/console/assets/") || len(pages) > 400 {
			continue
		}
		got := v.send("GET", path, "")
		got.body = hidden.ReplaceAllString(got.body, "")
		pages[path] = got.body
		if got.status != http.StatusOK {
			v.Errorf("%s: %s is offered, and answers %d", who, path, got.status)
		}
		for _, found := range ledTo.FindAllStringSubmatch(got.body, -1) {
			if to := html.UnescapeString(found[1]); to != "/console/sign-out" && to != "/console/frame" {
				next = append(next, to)
			}
		}
	}
	return pages
}

// TestOffered holds that nothing is offered that would be refused, and all that is not, whatever somebody may do.
func TestOffered(t *testing.T) {
	v := newVisitor(t)
	shop := v.shop()
	bank := v.api("POST", "/apis", object{"name": "bank"}).Get("id").String()
	callers := map[string]auth.Rights{
		"read": {Role: auth.Read}, "edit": {Role: auth.Edit}, "deploy": {Role: auth.Deploy, Hosts: []string{"*"}}, "admin": auth.Everything(),
		"read one API": {Role: auth.Read, APIs: []string{shop}}, "edit one API": {Role: auth.Edit, APIs: []string{shop}},
		"deploy one API": {Role: auth.Deploy, APIs: []string{shop}, Hosts: []string{"shop.example.com"}}, "admin of one API": {Role: auth.Admin, APIs: []string{shop}},
		"deploy another API": {Role: auth.Deploy, APIs: []string{bank}},
	}
	offers := []struct {
		what string
		form *regexp.Regexp
		may  func(auth.Rights) bool
	}{
		{"pin", regexp.MustCompile(`href="/console/gateways/default/pin`), func(r auth.Rights) bool { return r.MayAllAPIs(auth.Deploy) }},
		{"switch the gateway", regexp.MustCompile(`href="/console/gateways/default/switch"`), func(r auth.Rights) bool { return r.MayAllAPIs(auth.Deploy) }},
		{"switch the API", regexp.MustCompile(`href="/console/apis/` + shop + `/switch"`), func(r auth.Rights) bool { return r.MayAPI(auth.Deploy, shop) }},
		{"deploy", regexp.MustCompile(`method="post" action="/console/apis/` + shop + `/deploy"`), func(r auth.Rights) bool { return r.MayAPI(auth.Deploy, shop) }},
		{"look at the API", regexp.MustCompile(`href="/console/apis/` + shop + `"`), func(r auth.Rights) bool { return r.MayAPI(auth.Read, shop) }},
		{"edit a response", regexp.MustCompile(`value="save">Save</button>`), func(r auth.Rights) bool { return r.May(auth.Edit) }},
		{"edit the base document", regexp.MustCompile(`href="/console/gateways/default/base/own"`), func(r auth.Rights) bool { return r.MayAllAPIs(auth.Admin) }},
		{"compare revisions", regexp.MustCompile(`<button>Compare</button>`), func(r auth.Rights) bool { return r.MayAllAPIs(auth.Read) }},
		{"try", regexp.MustCompile(`href="/console/tries"`), func(r auth.Rights) bool { return r.MayAllAPIs(auth.Deploy) }},
		{"look at hosts", regexp.MustCompile(`href="/console/hosts"`), func(r auth.Rights) bool { return r.MayAnyHost(auth.Read) }},
		{"bind the API", regexp.MustCompile(`href="/console/bind\?api=` + shop), func(r auth.Rights) bool { return r.MayAPI(auth.Deploy, shop) && r.MayAnyHost(auth.Deploy) }},
		{"keys", regexp.MustCompile(`href="/console/keys"`), func(r auth.Rights) bool { return r.May(auth.Admin) }},
		{"make a key", regexp.MustCompile(`method="post" action="/console/keys"`), func(r auth.Rights) bool { return r.May(auth.Admin) }},
		{"see who is signed in", regexp.MustCompile(`href="/console/sessions"`), func(r auth.Rights) bool { return r.May(auth.Admin) }},
		{"the audit log", regexp.MustCompile(`href="/console/audit"`), func(auth.Rights) bool { return true }},
	}
	for who, rights := range callers {
		key := v.api("POST", "/keys", object{"name": who, "rights": rights})
		v.forget()
		v.signIn(key.Get("bearer").String())
		pages := v.crawl(who)
		for _, offer := range offers {
			var on []string
			for path, text := range pages {
				if offer.form.MatchString(text) {
					on = append(on, path)
				}
			}
			slices.Sort(on)
			if offered, may := len(on) > 0, offer.may(rights); offered != may {
				t.Errorf("%s: to %s is offered on %q of %d pages, may is %t", who, offer.what, on, len(pages), may)
			}
		}
	}
}
