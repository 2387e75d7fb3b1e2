// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
)

// TestMatrixPages holds who sees what against files: of an API on its gateway, of one that is bound nowhere, of a gateway, and one reply of it.
func TestMatrixPages(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	v.api("PUT", "/apis/"+api+"/responses/THROTTLED", object{"statusCode": "429", "responseTemplates": object{"application/json": `{"message": "slow down"}`, "text/html": "<h1>Slower</h1>"}})
	home := "/console/apis/" + api + "/matrix"
	route := url.QueryEscape(api + "/prod")
	for name, path := range map[string]string{
		"matrix":         home,
		"matrix-differs": home + "?differs=1",
		"matrix-browser": home + "?differs=1&client=browser&resource=/",
		"matrix-gateway": "/console/gateways/default/matrix?with=1",
		"matrix-reply":   home + "/reply?type=THROTTLED&media=text/html&route=" + route,
		"matrix-none":    "/console/gateways/default/matrix?find=nowhere",
	} {
		golden.File(t, filepath.Join("testdata", name+".html"), v.same(v.page(path), api))
	}
	if got := v.send("GET", home+"?as=text", ""); got.header.Get("Content-Type") != "text/plain; charset=utf-8" || got.header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("as text: %v", got.header)
	}
	golden.File(t, filepath.Join("testdata", "matrix.txt"), v.same(v.page(home+"?as=text"), api))

	alone := v.api("POST", "/apis", object{"name": "alone"}).Get("id").String()
	if page := v.page("/console/apis/" + alone + "/matrix"); !strings.Contains(page, "No stage serves it") || strings.Contains(page, "Only what differs") {
		t.Errorf("an API that is bound nowhere: %s", page)
	}
}

// TestMatrixRights holds that who may not know of gateways sees the API alone, beside what its stage serves.
func TestMatrixRights(t *testing.T) {
	v := newVisitor(t)
	api := v.shop()
	v.signIn(v.api("POST", "/keys", object{"name": "reader", "rights": object{"role": "read", "apis": []string{api}, "hosts": []string{"*"}}}).Get("bearer").String())
	page := v.page("/console/apis/" + api + "/matrix?differs=1")
	if !strings.Contains(page, "The working copy alone, with the variables of the stage") || !strings.Contains(page, "replies differ") || strings.Contains(page, "<code>THROTTLED</code>") || !strings.Contains(page, "<code>DEFAULT_5XX</code>") {
		t.Errorf("%s", page)
	}
	if got := v.send("GET", "/console/gateways/default/matrix", ""); got.status != http.StatusForbidden {
		t.Errorf("the gateway: status %d", got.status)
	}
}

// link is a reply that the page leads to.
var link = regexp.MustCompile(`class="glance" href="(matrix/reply[^"]*)"`)

// TestMatrixReplies follows all links of a page: every reply is there, and what is HTML is shown as a page that can do nothing.
func TestMatrixReplies(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	frames := 0
	for _, at := range []string{"/console/apis/" + api + "/", "/console/gateways/default/"} {
		links := link.FindAllStringSubmatch(v.page(at+"matrix"), -1)
		if len(links) < 15 {
			t.Errorf("%s: %d links", at, len(links))
		}
		for _, l := range links {
			page := v.page(at + html.UnescapeString(l[1]))
			src := regexp.MustCompile(`<iframe src="([^"]*)"`).FindStringSubmatch(page)
			if src == nil {
				continue
			}
			frames++
			got := v.send("GET", at+"matrix/"+html.UnescapeString(src[1]), "")
			if got.status != http.StatusOK || got.body != "<h1>Slow down</h1>" || !strings.HasPrefix(got.header.Get("Content-Security-Policy"), "sandbox; default-src 'none';") {
				t.Errorf("%s: status %d: %s", src[1], got.status, got.body)
			}
		}
	}
	if frames != 2 {
		t.Errorf("%d replies are shown as pages, want that of THROTTLED, twice", frames)
	}
}

// TestMatrixEditors holds that rows lead to the editors of what they show: of an API, or of the base document, its own types among it.
func TestMatrixEditors(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	v.api("PUT", "/gateways/default/base", object{"text": houseRules})
	v.inForce(3)
	lead := map[string]bool{}
	for _, link := range regexp.MustCompile(`<th scope="row"><a href="([^"]*)"`).FindAllStringSubmatch(v.page("/console/gateways/default/matrix"), -1) {
		lead[link[1]] = true
		v.page(link[1])
	}
	for _, want := range []string{"/console/apis/" + api + "/responses/DEFAULT_5XX", baseHome + "/responses/DEFAULT_5XX", baseHome + "/responses/X_LOGIN"} {
		if !lead[want] {
			t.Errorf("no row leads to %s, but to %v", want, slices.Sorted(maps.Keys(lead)))
		}
	}
}

// manyRoutes makes a gateway with a base document of many routes.
func (v *visitor) manyRoutes(n int) {
	v.Helper()
	var routes []object
	for i := range n {
		routes = append(routes, object{
			"name": fmt.Sprintf("route-%03d", i), "match": object{"hosts": []string{fmt.Sprintf("h%03d.example.com", i)}, "pathPrefix": "/v1"}, "emulate": "aws",
			"gatewayResponses": object{
				"DEFAULT_4XX": object{"responseTemplates": object{"application/json": fmt.Sprintf(`{"route": %d, "message": $context.error.messageString}`, i), "text/html": "<p>$context.error.message</p>"}},
				"THROTTLED":   object{"responseTemplates": object{"application/json": fmt.Sprintf(`{"wait": %d}`, i)}},
			},
		})
	}
	text, err := jsonText(object{"routes": routes})
	if err != nil {
		v.Fatal(err)
	}
	v.api("PUT", "/gateways/default/base", object{"text": text})
}

// TestMatrixManyRoutes holds that a gateway of 300 routes is shown in parts, that routes can be found, and that what differs is.
func TestMatrixManyRoutes(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	v.manyRoutes(300)
	v.inForce(1)
	v.manyRoutes(301)
	v.inForce(2)
	const home = "/console/gateways/default/matrix"
	seen := map[string]bool{}
	pages := 0
	for at := home; at != ""; pages++ {
		page := v.page(at)
		for _, name := range regexp.MustCompile(`route-\d+`).FindAllString(page, -1) {
			seen[name] = true
		}
		if len(page) > 1<<20 {
			t.Errorf("%s has %d bytes", at, len(page))
		}
		next := regexp.MustCompile(`<a href="([^"]*)">Routes behind</a>`).FindStringSubmatch(page)
		if at = ""; next != nil {
			at = home + html.UnescapeString(next[1])
		}
	}
	if len(seen) != 301 || pages != 13 {
		t.Errorf("%d routes are seen on %d pages", len(seen), pages)
	}
	for query, want := range map[string]string{
		"?find=h123":         "route-123 | 1 route",
		"?with=1&differs=1":  "route-300 | 1 route",
		"?with=2&differs=1":  "No route differs from revision 2",
		"?find=ROUTE-01&x=1": "| 10 routes",
	} {
		page := v.page(home + query)
		for _, part := range strings.Split(want, "|") {
			if !strings.Contains(page, strings.TrimSpace(part)) {
				t.Errorf("%s: no %q: %s", query, part, page)
			}
		}
	}
}

// BenchmarkMatrix makes the page of a gateway of 300 routes, beside another revision.
func BenchmarkMatrix(b *testing.B) {
	v := newVisitor(b)
	v.signIn(v.key)
	v.manyRoutes(300)
	v.inForce(1)
	v.manyRoutes(301)
	v.inForce(2)
	for _, query := range []string{"?with=1", "?with=1&after=100", "?find=h123"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				v.page("/console/gateways/default/matrix" + query)
			}
		})
	}
}
