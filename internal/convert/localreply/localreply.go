// SPDX-License-Identifier: Apache-2.0

// Package localreply imports Envoy's local_reply_config, from a bootstrap, from a listener, or alone.
//
// Each mapper becomes a rule that names the replies of its filter with a type of one's own, X_MAPPER_1, and an entry for that. Envoy
// takes the first mapper that matches, a document the first rule. Replies that no mapper takes have the body_format of all: the
// last rule names them.
//
// Source: https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/local_reply
package localreply

import (
	"strconv"

	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
)

// kind is the name of the format.
const kind = "local-reply"

// Format is the format.
var Format = convert.Format{
	Name:      kind,
	About:     "local_reply_config of Envoy, in a bootstrap, a listener, or alone",
	Recognise: func(s *convert.Source) bool { return len(configsOf(s)) > 0 },
	Import:    importSource,
}

// maxDepth is how deep in a source a local_reply_config is looked for.
const maxDepth = 64

// configsOf are the local_reply_configs of a source, in order.
func configsOf(source *convert.Source) []*tree.Node {
	var all []*tree.Node
	for _, document := range source.Documents() {
		if either(document, "mappers").Is(tree.List) || either(document, "body_format").Is(tree.Object) {
			all = append(all, document)
			continue
		}
		all = find(all, document, maxDepth)
	}
	return all
}

// find finds them below a node.
func find(all []*tree.Node, n *tree.Node, depth int) []*tree.Node {
	if n == nil || depth == 0 {
		return all
	}
	for _, m := range n.Members {
		if (m.Key == "local_reply_config" || m.Key == "localReplyConfig") && m.Value.Is(tree.Object) {
			all = append(all, m.Value)
			continue
		}
		all = find(all, m.Value, depth-1)
	}
	for _, element := range n.Elements {
		all = find(all, element, depth-1)
	}
	return all
}

// either is the value of a key, in the spelling of protobuf or in that of its JSON.
func either(n *tree.Node, name string) *tree.Node {
	if found := n.Get(name); found != nil {
		return found
	}
	camel := make([]byte, 0, len(name))
	for i := 0; i < len(name); i++ {
		if name[i] == '_' && i+1 < len(name) {
			i++
			camel = append(camel, name[i]&^0x20)
			continue
		}
		camel = append(camel, name[i])
	}
	return n.Get(string(camel))
}

// importer is one import.
type importer struct {
	result  *convert.Result
	entries object.Object
	rules   object.List
	count   int
}

func importSource(source *convert.Source, _ convert.Options) (*convert.Result, error) {
	configs := configsOf(source)
	if len(configs) == 0 {
		return nil, source.NotOf(kind)
	}
	i := &importer{result: &convert.Result{}}
	config := configs[0]
	for _, other := range configs[1:] {
		i.result.Lose(other.Place, "local_reply_config", nil, "there is another local_reply_config before; this one is left out")
	}
	all := either(config, "body_format")
	for n, mapper := range either(config, "mappers").List() {
		i.mapper(mapper, all, "mappers["+strconv.Itoa(n)+"]")
	}
	if all.Is(tree.Object) {
		b := i.format(all, nil, "body_format")
		i.add([]object.Object{anyError}, object.Object{{Name: "responseTemplates", Value: b, From: all.Place}}, all.Place, "body_format")
	}
	if len(i.entries) > 0 {
		i.result.Tell(config.Place, "local_reply_config", nil, "replies to clients of gRPC stay as they are; Envoy made grpc-status and grpc-message of these")
	}
	document := object.Object{{Name: "version", Value: 1}}
	if len(i.entries) > 0 {
		document.Set("gatewayResponses", i.entries, config.Place)
	}
	if len(i.rules) > 0 {
		document.Set("classification", i.rules, config.Place)
	}
	i.result.Document = document
	return i.result, nil
}

// anyError are the conditions that every error meets.
var anyError = object.Object{{Name: "status", Value: object.List{"4xx", "5xx"}}}

// add adds an entry for a type of its own, and rules that name it.
func (i *importer) add(alternatives []object.Object, entry object.Object, at tree.Place, name string) {
	i.count++
	own := "X_MAPPER_" + strconv.Itoa(i.count)
	i.entries = append(i.entries, object.Member{Name: own, Value: entry, From: at})
	for _, when := range alternatives {
		i.rules = append(i.rules, object.Object{
			{Name: "name", Value: name, From: at}, {Name: "when", Value: when, From: at}, {Name: "responseType", Value: own, From: at},
		})
	}
}
