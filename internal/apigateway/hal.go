// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"encoding/json"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"
)

// halType is how a kind of things is linked.
type halType struct {
	// curie is the prefix of its relations.
	curie string
	// key is the member that names it in its collection.
	key string
	// by is the relation by which a collection finds one, and create that by which it gets one; empty for none.
	by, create string
	// actions are the relations of one that lead to itself, by another method.
	actions []string
	// collections are what one holds.
	collections []string
}

// halTypes are the kinds of things with links, by the name of their collection in paths.
var halTypes = map[string]halType{
	"restapis":         {curie: "restapi", key: "id", by: "by-id", create: "create", actions: []string{"update", "delete"}, collections: []string{"resources", "deployments", "stages", "gatewayresponses"}},
	"gatewayresponses": {curie: "gatewayresponse", key: "responseType", by: "by-type", actions: []string{"update"}},
	"deployments":      {curie: "deployment", key: "id", by: "by-id", create: "create", actions: []string{"update", "delete"}},
	"stages":           {curie: "stage", key: "stageName", by: "by-name", create: "create", actions: []string{"update", "delete"}},
	"resources":        {curie: "resource", key: "id", by: "by-id", actions: []string{"update", "delete"}},
	"domainnames":      {curie: "domainname", key: "domainName", by: "by-name", create: "create", actions: []string{"update", "delete"}, collections: []string{"basepathmappings"}},
	"basepathmappings": {curie: "basepathmapping", key: "basePath", by: "by-base-path", create: "create", actions: []string{"update", "delete"}},
	"usageplans":       {curie: "usageplan", key: "id", by: "by-id"},
	"methods":          {curie: "method", key: "httpMethod", actions: []string{"update", "delete"}},
}

// halLink is a link of HAL.
type halLink struct {
	Href      string `json:"href"`
	Name      string `json:"name,omitempty"`
	Templated bool   `json:"templated,omitempty"`
}

// HAL gives the output of an operation in the Hypertext Application Language (draft-kelly-json-hal), in which AWS answers those who ask
// for application/hal+json. requested is the path of the request as it came, escapes and all. Outputs that are no objects of JSON stay
// as they are.
func HAL(o Operation, requested string, output any) (any, error) {
	text, err := json.Marshal(output)
	if err != nil {
		return nil, err
	}
	var members map[string]json.RawMessage
	if json.Unmarshal(text, &members) != nil || len(members) == 0 {
		return output, nil
	}
	collection, isOne := o.collection()
	t := halTypes[collection]
	if items, isList := members["item"]; isList && !isOne {
		return t.list(requested, items, members["position"])
	}
	self := requested
	switch key := memberText(members, t.key); {
	case !isOne && key != "":
		self = requested + "/" + url.PathEscape(key)
	case o.Name == "CreateResource":
		self = path.Dir(requested) + "/" + url.PathEscape(key)
	}
	return halObject(members, t.links(self, members, true)), nil
}

// collection is the last collection in the path of an operation, and whether the path names one thing of it, or in it.
func (o Operation) collection() (name string, isOne bool) {
	segments := strings.Split(strings.Trim(strings.SplitN(o.Path, "?", 2)[0], "/"), "/")
	last := segments[len(segments)-1]
	if strings.HasPrefix(last, "{") {
		return segments[max(0, len(segments)-2)], true
	}
	_, isCollection := halTypes[last]
	return last, !isCollection
}

// list makes a collection: the links of its items, and the items embedded.
func (t halType) list(self string, items, position json.RawMessage) (any, error) {
	var list []map[string]json.RawMessage
	if err := json.Unmarshal(items, &list); err != nil {
		return nil, fmt.Errorf("items of %s: %w", self, err)
	}
	first, _, _ := strings.Cut(self, "?")
	links := map[string]any{"self": halLink{Href: self}, "first": halLink{Href: first}}
	t.addCurie(links)
	t.add(links, t.by, halLink{Href: first + "/{" + t.variable() + "}", Templated: true})
	t.add(links, t.create, halLink{Href: first})
	var next string
	if json.Unmarshal(position, &next) == nil && next != "" {
		links["next"] = halLink{Href: first + "?position=" + url.QueryEscape(next)}
	}
	hrefs, embedded := []halLink{}, []any{}
	for _, item := range list {
		href := first + "/" + url.PathEscape(memberText(item, t.key))
		hrefs = append(hrefs, halLink{Href: href})
		embedded = append(embedded, halObject(item, t.links(href, item, false)))
	}
	links["item"] = hrefs
	return map[string]any{"_links": links, "_embedded": map[string]any{"item": embedded}}, nil
}

// links are those of one thing. Only the outermost object has the curie.
func (t halType) links(self string, members map[string]json.RawMessage, outermost bool) map[string]any {
	links := map[string]any{"self": halLink{Href: self}}
	if outermost {
		t.addCurie(links)
	}
	for _, action := range t.actions {
		t.add(links, action, halLink{Href: self})
	}
	for _, collection := range t.collections {
		name := strings.Replace(collection, "gatewayresponses", "gateway-responses", 1)
		t.add(links, name, halLink{Href: self + "/" + collection})
	}
	if t.curie == "gatewayresponse" {
		t.add(links, "put", halLink{Href: path.Dir(self) + "/{" + t.variable() + "}", Templated: true})
		if string(members["defaultResponse"]) == "false" {
			t.add(links, "delete", halLink{Href: self})
		}
	}
	return links
}

// variable names the thing in templates of links, such as response_type.
func (t halType) variable() string {
	variables := []string{"responseType", "response_type", "stageName", "stage_name", "domainName", "domain_name", "basePath", "base_path"}
	if i := slices.Index(variables, t.key); i >= 0 {
		return variables[i+1]
	}
	return t.curie + "_id"
}

// add adds a relation of the type; "" is none.
func (t halType) add(links map[string]any, relation string, link halLink) {
	if relation != "" {
		links[t.curie+":"+relation] = link
	}
}

// addCurie says what the relations of the type mean.
func (t halType) addCurie(links map[string]any) {
	if t.curie != "" {
		links["curies"] = halLink{Href: "http://docs.aws.amazon.com/apigateway/latest/developerguide/restapi-" + t.curie + "-{rel}.html", Name: t.curie, Templated: true}
	}
}

// halObject is members with links.
func halObject(members map[string]json.RawMessage, links map[string]any) map[string]any {
	object := make(map[string]any, len(members)+1)
	for name, value := range members {
		object[name] = value
	}
	object["_links"] = links
	return object
}

// memberText is a member that is a string, "" if it is none.
func memberText(members map[string]json.RawMessage, name string) string {
	var text string
	_ = json.Unmarshal(members[name], &text) // no text is ""
	return text
}
