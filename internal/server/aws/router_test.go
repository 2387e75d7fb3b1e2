// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
)

// everything is a router of all operations of AWS that this project speaks.
func everything() *router {
	all := map[string]action{}
	for _, o := range apigateway.Operations {
		all[o.Name] = action{}
	}
	return newRouter(all)
}

// routed is the operation that a router has for a request.
func routed(t *testing.T, r *router, method, target string) (string, map[string]string) {
	t.Helper()
	u, err := url.ParseRequestURI(target)
	if err != nil {
		t.Fatal(err)
	}
	path, ok := segmentsOf(u.EscapedPath())
	if !ok {
		t.Fatalf("segmentsOf(%q) finds a wrong escape", u.EscapedPath())
	}
	o, names := r.find(method, path, u.Query())
	if o == nil {
		return "", nil
	}
	return o.Name, names
}

// TestEveryOperation sees that each operation is found by its own path.
func TestEveryOperation(t *testing.T) {
	r := everything()
	for _, o := range apigateway.Operations {
		if name, _ := routed(t, r, o.Method, strings.NewReplacer("{", "a-", "}", "").Replace(o.Path)); name != o.Name {
			t.Errorf("%s %s is %q, not %s", o.Method, o.Path, name, o.Name)
		}
	}
}

func TestRouter(t *testing.T) {
	r := everything()
	for _, test := range []struct {
		name, method, target, operation string
		names                           map[string]string
	}{
		{"a slash in a segment", "GET", "/tags/arn%3Aaws%3Aapigateway%3Aus-east-1%3A%3A%2Frestapis%2Fa1", "GetTags", map[string]string{"resource_arn": "arn:aws:apigateway:us-east-1::/restapis/a1"}},
		{"a segment is decoded once", "GET", "/restapis/a%252Fb", "GetRestApi", map[string]string{"restapi_id": "a%2Fb"}},
		{"a base path of two segments", "GET", "/domainnames/x/basepathmappings/v1%2Fpets", "GetBasePathMapping", map[string]string{"domain_name": "x", "base_path": "v1/pets"}},
		{"an import", "POST", "/restapis?mode=import&failonwarnings=true", "ImportRestApi", map[string]string{}},
		{"another mode is none", "POST", "/restapis?mode=imports", "CreateRestApi", map[string]string{}},
		{"an import said twice is none", "POST", "/restapis?mode=import&mode=import", "CreateRestApi", map[string]string{}},
		{"names are case-sensitive", "GET", "/RestApis", "", nil},
		{"an empty name", "GET", "/restapis//gatewayresponses", "", nil},
		{"a slash at the end", "GET", "/restapis/", "", nil},
		{"a method that nothing has", "BREW", "/restapis", "", nil},
		{"HEAD is not GET", "HEAD", "/restapis", "", nil},
		{"a dot is a name", "GET", "/restapis/..", "GetRestApi", map[string]string{"restapi_id": ".."}},
		{"an operation that is not spoken", "GET", "/restapis/a/authorizers", "", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			operation, names := routed(t, r, test.method, test.target)
			if operation != test.operation || !cmp.Equal(names, test.names) {
				t.Errorf("%s %s is %q with %v, not %q with %v", test.method, test.target, operation, names, test.operation, test.names)
			}
		})
	}
}

func TestSegmentsOf(t *testing.T) {
	for path, want := range map[string][]string{"/": {""}, "/a//b": {"a", "", "b"}, "/%41/%2f": {"A", "/"}, "/%": nil, "/%zz": nil, "*": nil, "": nil} {
		if got, ok := segmentsOf(path); !cmp.Equal(got, want) || ok != (want != nil) {
			t.Errorf("segmentsOf(%q) = %q, %t, want %q", path, got, ok, want)
		}
	}
}
