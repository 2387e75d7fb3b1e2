// SPDX-License-Identifier: Apache-2.0

package restapi

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/quote"
)

// The keys of an entry, as documents spell them.
const (
	gatewayResponses   = "gatewayResponses"
	statusCode         = "statusCode"
	responseParameters = "responseParameters"
	responseTemplates  = "responseTemplates"
)

// spellings are the keys of an entry as any source spells them, in lower case and without "_".
var spellings = map[string]string{
	"statuscode":         statusCode,
	"responseparameters": responseParameters,
	"responsetemplates":  responseTemplates,
}

// samTargets are the targets of mappings that SAM nests.
var samTargets = map[string]string{"Headers": "header", "Paths": "path", "QueryStrings": "querystring"}

// entry is a gateway response that is being read.
type entry struct {
	api *API
	// key is its type as written.
	key  string
	path string
	made object.Object
}

// Respond reads the gateway response of a type. at is where the type is named, and path leads there. Keys that are none of a
// gateway response are lost but for those that belong to the format; a key that the format expects beside them is in known.
func (a *API) Respond(responseType string, at tree.Place, path string, n *tree.Node, known ...string) {
	e := &entry{api: a, key: responseType, path: path}
	if !a.takes(responseType, at, path) {
		return
	}
	switch {
	case n == nil || n.Kind == tree.Null:
	case n.Kind != tree.Object:
		a.lose(at, path, []string{gatewayResponses}, "the gateway response is not carried over: %s", noMap(n))
		return
	}
	members, repeated := n.Last()
	for _, m := range repeated {
		e.lose(m.Place, m.Key, nil, "%s stands here twice; the last one counts", quote.Text(m.Key))
	}
	for _, m := range members {
		e.member(m, known)
	}
	sortMembers(e.made)
	a.responses = append(a.responses, object.Member{Name: responseType, Value: e.made, From: at})
}

// takes reports whether a document takes an entry under the name of a type, after a loss if not.
func (a *API) takes(responseType string, at tree.Place, path string) bool {
	if config.ResponseType(responseType).IsOwn() {
		a.lose(at, path, []string{gatewayResponses}, "%s is no type of AWS, and names that begin with X_ are types of one's own here", quote.Text(responseType))
		return false
	}
	t := canonical(responseType)
	if first, again := a.taken[t]; again {
		a.lose(at, path, []string{gatewayResponses, first}, "%s is the type %s once more; the first one counts", quote.Text(responseType), first)
		return false
	}
	a.taken[t] = responseType
	return true
}

// canonical is the same for all spellings of a type.
func canonical(name string) string {
	name = strings.ToUpper(name)
	if t, ok := config.ParseResponseType(name); ok {
		return string(t)
	}
	return name
}

// member reads one key of an entry.
func (e *entry) member(m tree.Member, known []string) {
	key := spellings[strings.ToLower(strings.ReplaceAll(m.Key, "_", ""))]
	if key != "" && e.made.Get(key) != nil {
		e.lose(m.Place, m.Key, []string{key}, "%s is %s once more; the first one counts", quote.Text(m.Key), key)
		return
	}
	switch key {
	case statusCode:
		e.statusCode(m)
	case responseParameters:
		e.texts(m, key, true)
	case responseTemplates:
		e.texts(m, key, false)
	default:
		if !slices.Contains(known, m.Key) && !strings.HasPrefix(m.Key, "x-") {
			e.lose(m.Place, m.Key, nil, "%s is no key of a gateway response", quote.Text(m.Key))
		}
	}
}

// statusCode reads a status: AWS takes three digits from 100 to 599, as a string or a number.
func (e *entry) statusCode(m tree.Member) {
	text, ok := m.Value.Scalar()
	if n, err := strconv.Atoi(text); ok && err == nil && len(text) == 3 && n >= 100 && n <= 599 {
		e.made = append(e.made, object.Member{Name: statusCode, Value: text, From: m.Place})
		return
	}
	switch {
	case m.Value.Is(tree.Null) || ok && text == "":
	case !ok:
		e.lose(m.Place, m.Key, nil, "the reply keeps the status of its type: %s", missing(m.Value))
	default:
		e.lose(m.Place, m.Key, nil, "the reply keeps the status of its type: %s must be numeric, from 100 to 599", quote.Text(text))
	}
}

// texts reads a map of strings: mappings, or templates.
func (e *entry) texts(m tree.Member, key string, mappings bool) {
	if m.Value.Is(tree.Null) {
		return
	}
	if !m.Value.Is(tree.Object) {
		e.lose(m.Place, m.Key, nil, "%s is not carried over: %s", quote.Text(m.Key), noMap(m.Value))
		return
	}
	texts := &texts{entry: e, key: key, set: map[string]bool{}, made: object.Object{}}
	members, repeated := m.Value.Last()
	for _, again := range repeated {
		e.lose(again.Place, m.Key+"."+again.Key, []string{key, again.Key}, "%s stands here twice; the last one counts", quote.Text(again.Key))
	}
	for _, part := range members {
		if target := samTargets[part.Key]; mappings && target != "" && part.Value.Is(tree.Object) {
			nested, _ := part.Value.Last()
			for _, n := range nested {
				texts.add(m.Key+"."+part.Key+"."+n.Key, "gatewayresponse."+target+"."+n.Key, n)
			}
			continue
		}
		texts.add(m.Key+"."+part.Key, part.Key, part)
	}
	e.made = append(e.made, object.Member{Name: key, Value: texts.made, From: m.Place})
}

// texts is a map of strings that is being read.
type texts struct {
	*entry
	key  string
	set  map[string]bool
	made object.Object
}

// add reads one mapping or template.
func (t *texts) add(path, name string, m tree.Member) {
	text, ok := m.Value.Scalar()
	switch {
	case !ok:
		t.lose(m.Place, path, []string{t.key}, "%s is not set: %s", quote.Text(name), missing(m.Value))
	case t.key == responseParameters && len(static(text)) > config.MaxHeaderValue:
		t.lose(m.Place, path, []string{t.key}, "%s is not set: the value has %d bytes, a header has %d at most", quote.Text(name), len(static(text)), config.MaxHeaderValue)
	case t.set[name]:
		t.lose(m.Place, path, []string{t.key, name}, "%s is set twice; the first one counts", quote.Text(name))
	default:
		t.set[name] = true
		t.made = append(t.made, object.Member{Name: name, Value: text, From: m.Place})
	}
}

// static is the value that a mapping sets, without the quotes of a static one.
func static(value string) string {
	if len(value) >= 2 && value[0] == '\'' && value[len(value)-1] == '\'' {
		return value[1 : len(value)-1]
	}
	return value
}

// lose notes a loss within the entry.
func (e *entry) lose(at tree.Place, path string, in []string, format string, args ...any) {
	e.api.lose(at, e.path+"."+path, append([]string{gatewayResponses, e.key}, in...), format, args...)
}

// lose notes a loss within the API.
func (a *API) lose(at tree.Place, path string, in []string, format string, args ...any) {
	if len(a.losses) >= config.MaxFindings {
		a.dropped++
		return
	}
	a.losses = append(a.losses, loss{at, path, in, fmt.Sprintf(format, args...)})
}

// sortMembers puts the keys of an entry in the order of AWS's documentation.
func sortMembers(entry object.Object) {
	order := []string{statusCode, responseParameters, responseTemplates}
	slices.SortStableFunc(entry, func(a, b object.Member) int {
		return slices.Index(order, a.Name) - slices.Index(order, b.Name)
	})
}
