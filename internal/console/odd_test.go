// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"cmp"
	"context"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/console/admin"
	"gatewayresponses/internal/console/apis"
	"gatewayresponses/internal/console/base"
	"gatewayresponses/internal/console/deploys"
	"gatewayresponses/internal/console/gateways"
	"gatewayresponses/internal/console/matrix"
	"gatewayresponses/internal/console/page"
	"gatewayresponses/internal/console/transfer"
	"gatewayresponses/internal/console/tries"
	"gatewayresponses/internal/waittest"
)

// patterns are those of all pages, by method and path.
func patterns() []string {
	all := page.Routes{"POST /console/frame": nil}
	for _, room := range []page.Routes{gateways.Pages(), base.Pages(), apis.Pages(), deploys.Pages(), matrix.Pages(), tries.Pages(), transfer.Pages(), admin.Pages()} {
		maps.Copy(all, room)
	}
	return slices.Sorted(maps.Keys(all))
}

// fields are the names that forms and links of the pages have.
var fields = []string{
	"after", "api", "apis", "base64", "before", "body", "client", "days", "deployment", "description", "details", "differs", "do", "document", "envoy", "etag", "file", "filter", "find", "format",
	"from", "gateway", "headers", "host", "hosts", "inForce", "into", "key", "kind", "media", "message", "method", "mode", "name", "of", "once", "origin", "parameters", "path", "person", "raw",
	"replies", "resource", "revision", "role", "route", "rule", "search", "seconds", "session", "shown", "stage", "status", "syntax", "text", "to", "type", "which", "why", "with",
}

// odd are values that no page offers.
var odd = []string{
	"", "\x00", "\xff\xfe", "-1", "9223372036854775808", "true", "../../etc/passwd", "/\u202e", "default", "%", "\r\nx: y", "null", "{}", `"\ud800"`, strings.Repeat("9", 600),
}

// TestOdd holds that no page fails of what somebody puts into its address or its form.
func TestOdd(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	shop := v.shop()
	known := strings.NewReplacer("{$}", "", "{api}", shop, "{gateway}", "default", "{stage}", "prod", "{type}", "THROTTLED", "{key}", "none")
	for at, pattern := range patterns() {
		method, path, _ := strings.Cut(pattern, " ")
		named := known.Replace(path)
		for i, value := range odd {
			all, mixed := url.Values{}, url.Values{}
			for j, name := range fields {
				all.Set(name, value)
				mixed.Set(name, odd[(at+i+j)%len(odd)])
			}
			mixed.Add("revision", "2") // which is there twice then
			segment := cmp.Or(url.PathEscape(value), "%20")
			v.answers(method, strings.NewReplacer("{$}", "", "{api}", segment, "{gateway}", segment, "{stage}", segment, "{type}", segment, "{key}", segment).Replace(path), "", "")
			if method == http.MethodGet {
				v.answers(method, named+"?"+all.Encode(), "", "")
				v.answers(method, named+"?"+mixed.Encode(), "", "")
				continue
			}
			v.answers(method, named, all.Encode(), "application/x-www-form-urlencoded")
			v.answers(method, named, mixed.Encode(), "application/x-www-form-urlencoded")
			v.answers(method, named, value, "application/json")
			v.answers(method, named, "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n"+value+"\r\n--x--\r\n", "multipart/form-data; boundary=x")
		}
		v.answers(method, named, "x", "multipart/form-data")
		v.answers(method, named, "x", "multipart/form-data; boundary=x")
		v.answers("DELETE", named, "", "")
	}
}

// answers wants that a request is answered or refused, and that what comes acts upon no page.
func (v *visitor) answers(method, path, body, media string) {
	v.Helper()
	got := v.send(method, path, body, "Content-Type: "+media, "Origin: "+v.url, "Sec-Fetch-Site: same-origin")
	if got.status >= http.StatusInternalServerError {
		v.Errorf("%s %.300q (%s) %.80q: status %d: %.600s", method, path, media, body, got.status, got.body)
	}
	if strings.HasPrefix(got.header.Get("Content-Type"), "text/html") && !strings.HasSuffix(path, "/frame") {
		v.tameText(path, got.body)
	}
}

// TestLargeForms holds that forms are bounded on every page, and that nothing of them is written to a disk.
func TestLargeForms(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	large := strings.Repeat("x", page.MaxFile+1<<20)
	begin := "--x\r\nContent-Disposition: form-data; name=\"name\""
	for _, path := range []string{"/console/keys", "/console/import", "/console/tries", "/console/frame", "/console/sign-out"} {
		for media, body := range map[string]string{
			"application/x-www-form-urlencoded": "name=" + large,
			"multipart/form-data; boundary=x":   begin + "\r\n\r\n" + large + "\r\n--x--\r\n",
			"multipart/mixed; boundary=x":       begin + "; filename=\"f\"\r\n\r\n" + large + "\r\n--x--\r\n",
			"Multipart/Form-Data; boundary=x":   begin + "; filename=\"f\"\r\n\r\n" + large + "\r\n--x--\r\n",
		} {
			got := v.send("POST", path, body, "Content-Type: "+media, "Origin: "+v.url, "Sec-Fetch-Site: same-origin")
			if got.status < 400 || got.status >= 500 {
				t.Errorf("%s of %s: status %d: %.500s", path, media, got.status, got.body)
			}
			if strings.EqualFold(media, "multipart/form-data; boundary=x") && got.status != http.StatusRequestEntityTooLarge {
				t.Errorf("%s of %s: status %d: %.500s", path, media, got.status, got.body)
			}
		}
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("on the disk: %v, %v", left, err)
	}
}

// TestUploadsWait holds that forms with files which come slowly do not take the memory of many: those beyond some wait, unread.
func TestUploadsWait(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	upload := func(body io.Reader) (status int) {
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, v.url+"/console/import", body)
		if err != nil {
			t.Error(err)
			return 0
		}
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		r.Header.Set("Origin", v.url)
		got, err := v.client.Do(r)
		if err != nil {
			return 0
		}
		defer got.Body.Close()
		return got.StatusCode
	}
	const form = "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nx\r\n--x--\r\n"
	statuses := make(chan int)
	var slow []*io.PipeWriter
	for range 8 {
		r, w := io.Pipe()
		slow = append(slow, w)
		go func() { statuses <- upload(r) }()
		go func() { _, _ = io.WriteString(w, form[:10]) }() // the test may be over
	}
	waittest.Until(t, "a small form waits for large ones", func() bool {
		short := make(chan int, 1)
		go func() { short <- upload(strings.NewReader(form)) }()
		select {
		case <-short:
			return false
		case <-time.After(300 * time.Millisecond):
			go func() { statuses <- <-short }()
			return true
		}
	})
	if page := v.page("/console/"); !strings.Contains(page, "Gateways") {
		t.Error("other pages wait, too")
	}
	for _, w := range slow {
		go func() {
			_, _ = io.WriteString(w, form[10:]) // the test may be over
			_ = w.Close()
		}()
	}
	for range len(slow) + 1 {
		if got := <-statuses; got != http.StatusUnprocessableEntity { // x is of no known format
			t.Errorf("a form that waited: status %d", got)
		}
	}
}

// TestFormsWithoutVersion holds that a form which does not say what it was made for changes nothing.
func TestFormsWithoutVersion(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	shop := v.shop()
	first := v.api("GET", "/apis/"+shop+"/deployments", nil).Get("items.0.id").String()
	audited := func() string { return v.api("GET", "/audit?limit=1", nil).Get("items.0.number").String() }
	before := audited()
	for path, form := range map[string][]string{
		"/console/apis/" + shop + "/deploy":                  {"stage", "prod", "note", "x"},
		"/console/apis/" + shop + "/deploy?again":            {"stage", "prod", "deployment", first},
		"/console/apis/" + shop + "/deploy?no-stage":         {"note", "x"},
		"/console/apis/" + shop + "/responses/THROTTLED":     {"raw", "{}"},
		"/console/apis/" + shop + "/responses/DEFAULT_4XX":   {"do", "reset"},
		"/console/gateways/default/base":                     {"raw", `{"mode": "off"}`},
		"/console/gateways/default/pin?revision=1":           {"revision", "1"},
		"/console/gateways/default/consent":                  {"why", "x"},
		"/console/import/into":                               {"api", shop, "mode", "overwrite", "do", "save", "text", `{"openapi": "3.0.1", "info": {"title": "x", "version": "1"}, "paths": {}}`},
		"/console/gateways/default/base/responses/THROTTLED": {"raw", "{}"},
	} {
		if got := v.post(path, form...); got.status != http.StatusConflict && got.status != http.StatusBadRequest {
			t.Errorf("%s: status %d: %.600s", path, got.status, got.body)
		}
	}
	if after := audited(); after != before || before == "" {
		t.Errorf("something was changed: entry %q of the audit log, was %q", after, before)
	}
}
