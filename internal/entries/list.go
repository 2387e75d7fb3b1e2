// SPDX-License-Identifier: Apache-2.0

package entries

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/check"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/explain"
)

// List is what a document that compiles answers for each type: AWS's in the order of their names, and behind them those of one's own. Where a
// type has no entry the engine is asked what becomes of a typical error of it.
func List(checked check.Checked) ([]Answer, error) {
	file, err := tree.Read(checked.Source.Name, checked.Source.Text)
	if err != nil {
		return nil, err
	}
	root := file.Documents[0]
	own := map[config.ResponseType]Parts{}
	for i := range checked.Document.GatewayResponses {
		entry := &checked.Document.GatewayResponses[i]
		own[entry.Type] = partsOf(root.Get("gatewayResponses", entry.At.Value))
	}
	var all []Answer
	document := exchange.Document{Config: checked.Document, Program: checked.Program}
	for _, t := range exchange.Types(checked.Document) {
		answer := Answer{Type: t, State: Own, Rules: rulesFor(t, checked.Document.Rules, root)}
		if parts, isOwn := own[t]; isOwn {
			answer.Parts = parts
		} else {
			answer.ask(document)
			answer.Parts = own[config.ResponseType(answer.From)]
		}
		all = append(all, answer)
	}
	return all, nil
}

// ask asks the engine which entry answers a typical error of the type.
func (a *Answer) ask(document exchange.Document) {
	made, err := exchange.Make(exchange.Exchange{Error: exchange.Error{Type: a.Type}}, document)
	if err != nil {
		a.State, a.Why = Unraised, err.Error()
		return
	}
	// A document that only observes has entries all the same.
	switch entry := explain.Of(document, made).Entry; entry.Name {
	case "":
		a.State, a.Why = Left, entry.Left
	case engine.BuiltIn:
		a.State = BuiltIn
	default:
		a.State, a.From = Inherited, entry.Name
	}
}

// partsOf are the parts of an entry. AWS takes their keys in any case.
func partsOf(entry *tree.Node) (p Parts) {
	if !entry.Is(tree.Object) {
		return p
	}
	for _, m := range entry.Members {
		switch strings.ToLower(m.Key) {
		case "statuscode":
			p.StatusCode, _ = m.Value.Scalar()
		case "responseparameters":
			p.Parameters = textsOf(m.Value)
		case "responsetemplates":
			p.Templates = textsOf(m.Value)
		case "headers":
			p.Headers = textsOf(m.Value)
		}
	}
	return p
}

// textsOf are the texts of an object, nil for none.
func textsOf(n *tree.Node) map[string]string {
	if !n.Is(tree.Object) {
		return nil
	}
	made := make(map[string]string, len(n.Members))
	for _, m := range n.Members {
		if text, ok := m.Value.Scalar(); ok {
			made[m.Key] = text
		}
	}
	return made
}

// rulesFor are the rules that lead to a type.
func rulesFor(t config.ResponseType, rules []config.Rule, root *tree.Node) (found []Rule) {
	written := root.Get("classification").List()
	for i := range rules {
		if rules[i].ResponseType != t || i >= len(written) {
			continue
		}
		when, _ := object.Of(written[i].Get("when"))
		conditions, _ := when.(object.Object)
		found = append(found, Rule{i + 1, rules[i].Name, conditions, rules[i].Message})
	}
	return found
}

// Settings are what of a document an entry may depend on: all keys but its entries, routes and rules, what names types, and notes.
func Settings(checked check.Checked) (object.Object, error) {
	file, err := tree.Read(checked.Source.Name, checked.Source.Text)
	if err != nil {
		return nil, err
	}
	made := object.Object{}
	for _, m := range file.Documents[0].Members {
		switch value, _ := object.Of(m.Value); {
		case m.Key == responsesKey, m.Key == rulesKey, m.Key == "routes", m.Key == "grpc", m.Key == "$schema", strings.HasPrefix(m.Key, "x-"):
		default:
			made.Set(m.Key, value, tree.Place{})
		}
	}
	return made, nil
}
