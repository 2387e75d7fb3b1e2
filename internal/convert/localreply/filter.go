// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/convert/envoyformat"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
)

// maxAlternatives is how many rules a filter can become, and maxNesting how deep filters stand in each other.
const (
	maxAlternatives = 50
	maxNesting      = 16
)

// alternativesOf is a filter as conditions of rules, of which one must hold. why says what of it no rule can ask, "" for nothing.
func alternativesOf(filter *tree.Node, depth int) (alternatives []object.Object, why string) {
	if !filter.Is(tree.Object) || depth > maxNesting {
		return nil, "there is no filter that can be read"
	}
	for _, kind := range []struct {
		name string
		read func(*tree.Node, int) ([]object.Object, string)
	}{{"status_code_filter", statusFilter}, {"response_flag_filter", flagFilter}, {"header_filter", headerFilter}, {"or_filter", orFilter}, {"and_filter", andFilter}} {
		if n := either(filter, kind.name); n != nil {
			return kind.read(n, depth)
		}
	}
	name := "this filter"
	if len(filter.Members) > 0 {
		name = quote.Text(filter.Members[0].Key)
	}
	return nil, "no rule can ask what " + name + " asks"
}

// statusFilter reads a StatusCodeFilter.
func statusFilter(n *tree.Node, _ int) ([]object.Object, string) {
	comparison := either(n, "comparison")
	text, _ := either(either(comparison, "value"), "default_value").Scalar()
	value, err := strconv.Atoi(text)
	if err != nil {
		return nil, quote.Text(text) + " is no status"
	}
	op := either(comparison, "op").Value()
	statuses := envoyformat.Statuses(func(s int) bool {
		return op == "GE" && s >= value || op == "LE" && s <= value || op == "NE" && s != value || (op == "EQ" || op == "") && s == value
	})
	if len(statuses) == 0 {
		return nil, "no error has a status that is " + op + " " + text
	}
	return []object.Object{{{Name: "status", Value: statuses, From: n.Place}}}, ""
}

// tellRuntimeKeys tells what of a filter could be changed at run time. Envoy wants a key beside each status, so that all filters have
// one, and few use it.
func (i *importer) tellRuntimeKeys(n *tree.Node, path string) {
	if n == nil {
		return
	}
	if key := either(n, "runtime_key"); key.Value() != "" {
		i.result.Tell(key.Place, path, nil, "a document does not change with %s at run time; it has the default", quote.Text(key.Value()))
	}
	for _, m := range n.Members {
		i.tellRuntimeKeys(m.Value, path)
	}
	for _, element := range n.Elements {
		i.tellRuntimeKeys(element, path)
	}
}

// flagFilter reads a ResponseFlagFilter. Without flags it asks for any, which no rule can.
func flagFilter(n *tree.Node, _ int) ([]object.Object, string) {
	flags := object.List{}
	for _, flag := range either(n, "flags").List() {
		if facts.ParseFlag(flag.Value()) == 0 {
			return nil, quote.Text(flag.Value()) + " is no response flag"
		}
		flags = append(flags, flag.Value())
	}
	if len(flags) == 0 {
		return nil, "no rule can ask whether there is any flag"
	}
	return []object.Object{{{Name: "flags", Value: flags, From: n.Place}}}, ""
}

// headerFilter reads a HeaderFilter, which is about the request.
func headerFilter(n *tree.Node, _ int) ([]object.Object, string) {
	matcher := either(n, "header")
	name := strings.ToLower(matcher.Get("name").Value())
	condition := object.Object{{Name: "name", Value: name, From: matcher.Place}}
	inverted := either(matcher, "invert_match").True()
	if present := either(matcher, "present_match"); present != nil {
		condition = append(condition, object.Member{Name: "present", Value: present.True() != inverted, From: present.Place})
		return headers(condition, n.Place), ""
	}
	if inverted {
		return nil, "no rule can ask whether a header has another value"
	}
	match := either(matcher, "string_match")
	if either(match, "ignore_case").True() {
		return nil, "a rule compares with case"
	}
	for _, kind := range []struct{ name, before, behind string }{{"exact", "", ""}, {"prefix", "", "*"}, {"suffix", "*", ""}, {"contains", "*", "*"}} {
		value := match.Get(kind.name)
		if value == nil {
			value = either(matcher, kind.name+"_match")
		}
		switch {
		case !value.Is(tree.String):
		case kind.name == "exact":
			return headers(append(condition, object.Member{Name: "equals", Value: value.Text, From: value.Place}), n.Place), ""
		case strings.Contains(value.Text, "*"):
			return nil, `a glob has no way to write "*"`
		default:
			return headers(append(condition, object.Member{Name: "glob", Value: kind.before + value.Text + kind.behind, From: value.Place}), n.Place), ""
		}
	}
	return nil, "a rule compares a header with a text or a glob, not in this way"
}

// headers are conditions on one header of the request.
func headers(condition object.Object, at tree.Place) []object.Object {
	return []object.Object{{{Name: "requestHeaders", Value: object.List{condition}, From: at}}}
}

// orFilter reads an OrFilter: the alternatives of all its filters.
func orFilter(n *tree.Node, depth int) (all []object.Object, why string) {
	for _, filter := range either(n, "filters").List() {
		some, why := alternativesOf(filter, depth+1)
		if why != "" {
			return nil, why
		}
		if all = append(all, some...); len(all) > maxAlternatives {
			return nil, "the filter has too many alternatives"
		}
	}
	if len(all) == 0 {
		return nil, "there is no filter that can be read"
	}
	return all, ""
}

// andFilter reads an AndFilter: each alternative of one with each of the others.
func andFilter(n *tree.Node, depth int) ([]object.Object, string) {
	all := []object.Object{nil}
	for _, filter := range either(n, "filters").List() {
		some, why := alternativesOf(filter, depth+1)
		if why != "" {
			return nil, why
		}
		var both []object.Object
		for _, a := range all {
			for _, b := range some {
				joined, why := join(a, b)
				if why != "" {
					return nil, why
				}
				both = append(both, joined)
			}
		}
		if all = both; len(all) > maxAlternatives {
			return nil, "the filter has too many alternatives"
		}
	}
	if len(all[0]) == 0 {
		return nil, "there is no filter that can be read"
	}
	return all, ""
}

// join is conditions that hold when both do.
func join(a, b object.Object) (joined object.Object, why string) {
	joined = slices.Clone(a)
	for _, m := range b {
		there, isThere := joined.Get(m.Name).(object.List)
		list, _ := m.Value.(object.List)
		switch {
		case !isThere:
			joined = append(joined, m)
		case m.Name == "requestHeaders":
			joined.Set(m.Name, append(slices.Clone(there), list...), m.From)
		case m.Name == "status":
			both := intersect(there, list)
			if len(both) == 0 {
				return nil, "no status meets both of two filters"
			}
			joined.Set(m.Name, both, m.From)
		default:
			return nil, "a rule asks for one of some flags, not for one of each of two lists"
		}
	}
	return joined, ""
}

// intersect are the statuses of both lists.
func intersect(a, b object.List) object.List {
	return envoyformat.Statuses(func(s int) bool {
		text := strconv.Itoa(s)
		has := func(list object.List) bool {
			return slices.ContainsFunc(list, func(e any) bool { return e == text || e == text[:1]+"xx" })
		}
		return has(a) && has(b)
	})
}
