// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"testing"

	"gatewayresponses/internal/code"
)

func TestUnreachableRules(t *testing.T) {
	rules := func(wide, mark, narrow string) string {
		return `{"classification":[{"when":` + wide + `,"leave":true},` + mark + `{"when":` + narrow + `,"leave":true}]}`
	}
	covered := func(name, wide, narrow string) lintCase { return lintCase{name, rules(wide, "@", narrow)} }
	apart := func(name, wide, narrow string) lintCase { return lintCase{name, rules(wide, "", narrow)} }
	runCases(t, code.UnreachableRule, []lintCase{
		covered("the same", `{"details":["a"]}`, `{"details":["a"]}`),
		covered("more conditions", `{"details":["a*"]}`, `{"details":["ab*","ac"],"status":["404"]}`),
		covered("class of statuses", `{"status":["4xx","503"]}`, `{"status":["404",503]}`),
		covered("flags", `{"flags":["UT","UF"]}`, `{"flags":["UF"]}`),
		covered("any source", `{"details":["a"],"source":"any"}`, `{"details":["a"]}`),
		covered("header there", `{"requestHeaders":[{"name":"A","present":true}]}`, `{"requestHeaders":[{"name":"b","equals":"c"},{"name":"a","glob":"d*"}]}`),
		covered("header like", `{"responseHeaders":[{"name":"a","glob":"b*"}]}`, `{"responseHeaders":[{"name":"a","equals":"bc"}]}`),
		covered("header absent", `{"requestHeaders":[{"name":"a","present":false}]}`, `{"status":[401],"requestHeaders":[{"name":"a","present":false}]}`),
		apart("finer first", `{"details":["ab"]}`, `{"details":["a*"]}`),
		apart("a further element", `{"details":["a"]}`, `{"details":["a","b"]}`),
		apart("a further condition in front", `{"details":["a"],"status":[404]}`, `{"details":["a"]}`),
		apart("another source", `{"details":["a"]}`, `{"details":["a"],"source":"any"}`),
		apart("header only in front", `{"status":["4xx"],"requestHeaders":[{"name":"a","present":true}]}`, `{"status":["404"]}`),
		apart("header there and absent", `{"requestHeaders":[{"name":"a","present":true}]}`, `{"requestHeaders":[{"name":"a","present":false}]}`),
		apart("redirects", `{"details":["a*"]}`, `{"details":["ab"],"status":[302]}`),
	})
}

func TestUnreachableRoutes(t *testing.T) {
	routes := func(wide, mark, narrow string) string {
		return `{"routes":[{"name":"a","match":` + wide + `},{"name":` + mark + `"b","match":` + narrow + `}]}`
	}
	covered := func(name, wide, narrow string) lintCase { return lintCase{name, routes(wide, "@", narrow)} }
	apart := func(name, wide, narrow string) lintCase { return lintCase{name, routes(wide, "", narrow)} }
	runCases(t, code.UnreachableRoute, []lintCase{
		covered("everything", `{}`, `{"path":"/a"}`),
		covered("prefix of a prefix", `{"pathPrefix":"/a"}`, `{"pathPrefix":"/a/b"}`),
		covered("prefix of a path", `{"pathPrefix":"/a"}`, `{"path":"/a/{b}"}`),
		covered("parameter and literal", `{"path":"/a/{b}"}`, `{"path":"/a/b"}`),
		covered("rest", `{"path":"/a/{b+}"}`, `{"path":"/a/b/{c}"}`),
		covered("hosts", `{"hosts":["*.example.com"]}`, `{"hosts":["a.Example.com","*.b.example.com"]}`),
		covered("methods", `{"methods":["GET","POST"]}`, `{"methods":["GET"],"pathPrefix":"/a"}`),
		covered("names", `{"routeNames":["shop-*"]}`, `{"routeNames":["shop-a"]}`),
		covered("metadata", `{"metadata":{"istio":{"config":"*/shop"}}}`, `{"metadata":{"istio":{"config":"*/a/shop"},"x":{"y":"z"}}}`),
		apart("segment boundary", `{"pathPrefix":"/a"}`, `{"pathPrefix":"/ab"}`),
		apart("parameter in front of the prefix's end", `{"pathPrefix":"/a/b"}`, `{"path":"/a/{b}"}`),
		apart("literal first", `{"path":"/a/b"}`, `{"path":"/a/{b}"}`),
		apart("deeper", `{"path":"/a/{b}"}`, `{"path":"/a/b/c"}`),
		apart("shorter", `{"path":"/a/{b+}"}`, `{"path":"/a"}`),
		apart("the domain itself", `{"hosts":["*.example.com"]}`, `{"hosts":["example.com"]}`),
		apart("all methods", `{"methods":["GET"]}`, `{"pathPrefix":"/a"}`),
		apart("metadata only in front", `{"metadata":{"a":{"b":"c"}}}`, `{"pathPrefix":"/a"}`),
	})
	runCases(t, code.UnreachableRoute, []lintCase{{"by metadata alone", `{"routes":[{"name":"a","match":{}},{"name":"b"}]}`}})
}
