// SPDX-License-Identifier: Apache-2.0

package definition

import (
	"net/url"
	"strings"

	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// anyMethod is the key of an operation for every method.
const anyMethod = extension + "any-method"

// verbs are the keys of a path item that are operations, and their methods.
var verbs = map[string]string{
	"get": "GET", "put": "PUT", "post": "POST", "delete": "DELETE", "options": "OPTIONS", "head": "HEAD", "patch": "PATCH", anyMethod: "ANY",
}

// basePath is what stands in front of every path: "" or "/a/b".
func basePath(root *tree.Node, what BasePath) string {
	if what != Prepend && what != Split {
		return ""
	}
	base := root.Get("basePath").Value()
	if servers := root.Get("servers").List(); len(servers) > 0 {
		base = serverPath(servers[0])
	}
	segments := strings.FieldsFunc(base, func(c rune) bool { return c == '/' })
	if what == Split && len(segments) > 0 {
		segments = segments[1:]
	}
	if len(segments) == 0 {
		return ""
	}
	return "/" + strings.Join(segments, "/")
}

// serverPath is the path of a server's URL, its variables as they are by default.
func serverPath(server *tree.Node) string {
	address := server.Get("url").Value()
	variables, _ := server.Get("variables").Last()
	for _, v := range variables {
		address = strings.ReplaceAll(address, "{"+v.Key+"}", v.Value.Get("default").Value())
	}
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return parsed.Path
}

// resources reads the paths.
func (r *reader) resources(base string) {
	paths := r.root.Get("paths")
	if paths != nil && paths.Kind != tree.Object && paths.Kind != tree.Null {
		r.fail(paths.Place, "paths is %s, and a map is wanted", paths.Kind)
		return
	}
	items, repeated := paths.Last()
	for _, m := range repeated {
		r.warn(m.Place, "the path %s stands twice; the last one counts", quote.Text(m.Key))
	}
	for _, m := range items {
		if r.steps < 0 {
			return
		}
		if strings.HasPrefix(m.Key, "x-") {
			continue
		}
		path, ok := r.path(m, base)
		if !ok {
			continue
		}
		r.made.Resources[path] = r.item(path, r.resolve(m.Value))
	}
}

// path is the path of a resource. Without one, or with one that cannot be, it is told.
func (r *reader) path(m tree.Member, base string) (path string, ok bool) {
	if !strings.HasPrefix(m.Key, "/") {
		r.warn(m.Place, "the path %s is dropped: it should start with /", quote.Text(m.Key))
		return "", false
	}
	path = base + strings.TrimSuffix(m.Key, "/")
	if path == "" {
		path = "/"
	}
	if first, again := r.paths[path]; again {
		r.fail(m.Place, "the path %s is that of line %d once more", quote.Text(m.Key), first.Line)
		return "", false
	}
	r.paths[path] = m.Place
	if len(path) > maxPath {
		r.fail(m.Place, "a path has %d bytes, and %d at most", len(path), maxPath)
		return "", false
	}
	return path, true
}

// maxPath is the length of the longest path, in bytes.
const maxPath = 2048

// item reads the operations of a path.
func (r *reader) item(path string, n *tree.Node) Methods {
	methods := Methods{}
	members, _ := n.Last()
	for _, m := range members {
		if !r.step() {
			return methods
		}
		verb := verbs[m.Key]
		switch {
		case verb != "":
			method := r.method(m.Value, n.Get("parameters"))
			method.HTTPMethod = verb
			methods[verb] = method
		case m.Key == "parameters", m.Key == "$ref", m.Key == "summary", m.Key == "description", m.Key == "servers", strings.HasPrefix(m.Key, "x-"):
		default:
			r.warn(m.Place, "%s of %s is dropped: API Gateway has no such method", quote.Text(m.Key), path)
		}
	}
	return methods
}
