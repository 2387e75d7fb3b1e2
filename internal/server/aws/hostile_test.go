// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
)

// hostileNames stand where a request names something.
var hostileNames = []string{
	"..", "%2e%2e%2f", "%2F", "%00", "%0d%0aX-Injected:%201", "%ff", "%F0%9F%90%B6", "'%20or%201=1--", "*", "none%20", "%22%3Cscript%3E",
	strings.Repeat("x", 5000), "0", "-1", "THROTTLED%20", "throttled", "arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2F..%2F..", "null",
}

// hostileBodies stand where a request has a body.
var hostileBodies = []string{
	"", "null", "[]", "{", `"x"`, "\xff\xfe", "{\"name\":\"\xff\"}", `{"name":null,"patchOperations":null,"tags":null,"variables":null}`,
	`{"patchOperations":[{}]}`, `{"patchOperations":[{"op":"add","path":"` + strings.Repeat("/x~1", 1000) + `","value":"x"}]}`,
	`{"patchOperations":[{"op":"replace","path":"/","value":""},{"op":"remove","path":"//"},{"op":"copy","from":"/x","path":"/y"}]}`,
	`{"name":"\u0000","description":"","stageName":"../..","basePath":"..","restApiId":"$api","domainName":"*.*","pathPart":"{x","statusCode":"9"}`,
	`{"responseTemplates":{"":"$context","text/html":"<script>$context.path</script>"},"responseParameters":{"gatewayresponse.header.x":"$x"}}`,
	`{"name":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `}`,
	`{"swagger":"2.0","info":{"title":"` + strings.Repeat("x", 3000) + `"},"paths":{"/{":{"x":1}}}`,
	"openapi: 3.0.1\ninfo: &a {title: *a}\npaths: *a\n",
}

// names of a path.
var inBraces = regexp.MustCompile(`\{[^}]*\}`)

// isAWS says why an answer is not one that AWS could have given.
func isAWS(a answer) string {
	switch {
	case a.header.Get("X-Amzn-Requestid") == "":
		return "it has no request id"
	case a.header.Get("X-Injected") != "":
		return "it has a header of the client's"
	case a.status >= 500 || a.status < 200 || a.status >= 300 && a.status < 400:
		return "its status is none that a client has deserved"
	case a.status < 300:
		return ""
	case a.header.Get("X-Amzn-Errortype") == "" || a.header.Get("Content-Type") != "application/json" || !utf8.Valid(a.body):
		return "it is no error of AWS's"
	}
	var body map[string]string
	if err := json.Unmarshal(a.body, &body); err != nil || len(body) != 1 || body["message"] == "" {
		return "its body is no error of AWS's"
	}
	return ""
}

// valid gives names that are there, but for deployments and the like.
func (s *stack) valid(t *testing.T) *strings.Replacer {
	t.Helper()
	api, err := s.control.CreateRestAPI(t.Context(), owner, apigateway.CreateRestAPIInput{Name: pointer("pets")})
	if err != nil {
		t.Fatal(err)
	}
	return strings.NewReplacer("{restapi_id}", api.ID, "{resource_id}", api.RootResourceID, "{parent_id}", api.RootResourceID,
		"{response_type}", "THROTTLED", "{http_method}", "GET", "{status_code}", "200", "$api", api.ID)
}

// TestHostileNames puts what is unknown, or no name at all, into every position of every operation, and holds that the answer is an
// error of AWS's, or none.
func TestHostileNames(t *testing.T) {
	s := newStack(t)
	valid := s.valid(t)
	for _, o := range apigateway.Operations {
		for position := range inBraces.FindAllString(o.Path, -1) {
			for _, name := range hostileNames {
				at := -1
				path := inBraces.ReplaceAllStringFunc(o.Path, func(braces string) string {
					if at++; at == position {
						return name
					}
					return braces
				})
				s.hostile(t, o.Method, inBraces.ReplaceAllString(valid.Replace(path), "abc"), "{}")
			}
		}
	}
}

// TestHostileBodies sends what is no input, or a strange one, to every operation that takes some.
func TestHostileBodies(t *testing.T) {
	s := newStack(t)
	valid := s.valid(t)
	for _, o := range apigateway.Operations {
		if o.Method == http.MethodGet || o.Method == http.MethodDelete {
			continue
		}
		for _, body := range hostileBodies {
			s.hostile(t, o.Method, inBraces.ReplaceAllString(valid.Replace(o.Path), "abc"), valid.Replace(body))
		}
	}
}

// TestHostileQueries sends strange parameters to every operation that takes some.
func TestHostileQueries(t *testing.T) {
	s := newStack(t)
	for _, o := range apigateway.Operations {
		for _, query := range []string{
			"limit=0", "limit=-1", "limit=501", "limit=1e3", "limit=", "limit=%FF", "position=x", "position=%00", "position=" + strings.Repeat("x", 5000),
			"embed=x&embed=y", "mode=x", "mode=", "failonwarnings=x", "basepath=x", "tagKeys=", "tagKeys=" + url.QueryEscape(strings.Repeat("x", 200)), "limit=1;position=2", "%zz", "&&&=",
		} {
			separator := "?"
			if strings.Contains(o.Path, "?") {
				separator = "&"
			}
			s.hostile(t, o.Method, inBraces.ReplaceAllString(o.Path, "abc")+separator+query, "{}")
		}
	}
}

// hostile sends a request with a key that may do everything.
func (s *stack) hostile(t *testing.T, method, target, body string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	path, query, _ := strings.Cut(target, "?")
	r.URL.Opaque = "//" + r.URL.Host + path // as it is written, escapes that are none included
	r.URL.RawQuery = query
	r.Header.Set("Authorization", "Bearer "+s.keys[auth.Admin])
	got := s.do(t, r)
	if got.status == http.StatusBadRequest && got.header.Get("X-Amzn-Requestid") == "" && strings.HasPrefix(string(got.body), "400 Bad Request") {
		return // net/http does not take it for HTTP
	}
	if why := isAWS(got); why != "" {
		t.Errorf("%s %.300s %.100q: %s: %d %v %.300s", method, target, body, why, got.status, got.header, got.body)
	}
}

// FuzzRequest holds that any request gets an answer that AWS could have given.
func FuzzRequest(f *testing.F) {
	for _, o := range apigateway.Operations {
		f.Add(o.Method, strings.NewReplacer("{restapi_id}", "abc", "{", "", "}", "").Replace(o.Path), `{"name":"x"}`)
	}
	for i, body := range hostileBodies {
		f.Add(http.MethodPost, "/restapis?mode=import", body)
		f.Add(http.MethodPatch, "/restapis/"+hostileNames[i%len(hostileNames)], body)
	}
	s := newStack(f)
	f.Fuzz(func(t *testing.T, method, target, body string) {
		if _, err := http.NewRequestWithContext(t.Context(), method, s.url, http.NoBody); err != nil || !strings.HasPrefix(target, "/") || strings.ContainsFunc(target, func(c rune) bool { return c <= ' ' || c >= 0x7f }) {
			return // no line of HTTP
		}
		s.hostile(t, method, target, body)
	})
}
