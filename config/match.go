// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/pathtemplate"
	"gatewayresponses/internal/quote"
)

// Match says which requests an entry of routes is for. Every member that is given must hold; a list holds when one of
// its elements does.
type Match struct {
	// RouteNames and VirtualHosts are globs on the names that Envoy's route and virtual host have.
	RouteNames, VirtualHosts []Text
	// Hosts are names, or "*." and a name, which is for one or more labels in front of it.
	Hosts []Text
	// Path is a template of internal/pathtemplate, with "" as its Value when there is none.
	Path Text
	// PathPrefix is a path that the request's is, or lies below; "" is none.
	PathPrefix Text
	// Methods are compared as they are.
	Methods []Text
	// Metadata is about the metadata of Envoy's route.
	Metadata []MetadataMatch
}

// MetadataMatch wants a value of the metadata of Envoy's route.
type MetadataMatch struct {
	// Keys lead to the value; the first one is the namespace.
	Keys []string
	// Glob is compared with the value, which must be there.
	Glob Text
}

// match reads the conditions of an entry.
func (d *decoder) match(key Text, route *Route) {
	route.Match = &Match{}
	matchObject.read(d, key, route.Match)
}

// checkTemplate checks a path template.
func checkTemplate(text string) *grammar.Flaw {
	_, problem := pathtemplate.Parse(text)
	return pathFlaw("a path template", text, problem)
}

// checkPrefix checks a path prefix.
func checkPrefix(text string) *grammar.Flaw {
	return pathFlaw("a path prefix", text, pathtemplate.CheckLiteral(text))
}

// pathFlaw is what is wrong with a path, nil for nothing.
func pathFlaw(what, text string, problem *pathtemplate.Error) *grammar.Flaw {
	if problem == nil {
		return nil
	}
	return &grammar.Flaw{Code: code.BadPath, At: problem.Offset, Message: quote.Text(text) + " is not " + what + ": " + problem.Message}
}

// checkGlob checks a pattern.
func checkGlob(text string) *grammar.Flaw {
	if text == "" {
		return grammar.Wrong(code.EmptyGlob, `"" matches no name; write one, in which "*" stands for any text`)
	}
	return nil
}

// metadata reads an object of globs, below keys.
func (d *decoder) metadata(key Text, keys []string, m *Match) {
	before, reports := len(m.Metadata), d.Made()
	isObject := d.Kind() == '{'
	d.Object(key, func(key Text) {
		if len(keys) == maxMetadataKeys {
			d.Report(code.TooLarge, Error, key.Offset, "the metadata is nested too deeply; use at most "+strconv.Itoa(maxMetadataKeys)+" keys")
			d.Skip(key)
			return
		}
		path := append(slices.Clone(keys), key.Value)
		if d.Kind() != '"' && (keys == nil || d.Kind() == '{') {
			d.metadata(key, path, m)
			return
		}
		d.metadatum(key, path, m)
	})
	// Nor has an object a condition in which something else is wrong.
	if isObject && len(m.Metadata) == before && d.Made() == reports && !d.Broken() {
		d.Report(code.BadMetadataMatch, Error, key.Offset, `the metadata has no condition; write {"NAMESPACE": {"KEY": "GLOB"}}, or remove the key`)
	}
}

// metadatum reads the glob of one value.
func (d *decoder) metadatum(key Text, keys []string, m *Match) {
	value, ok := d.Text(key)
	if !ok {
		return
	}
	// The value is kept whatever it is, so that it is not missed twice.
	m.Metadata = append(m.Metadata, MetadataMatch{Keys: keys, Glob: value})
	if len(keys) == 1 {
		d.Report(code.BadMetadataMatch, Error, key.Offset, "metadata stands in namespaces; write {"+
			strconv.Quote(key.Value)+`: {"KEY": `+strconv.Quote(value.Value)+"}}")
		return
	}
	if slices.ContainsFunc(keys, func(key string) bool { return strings.Contains(key, "\x00") || key == "" }) {
		d.Report(code.BadMetadataMatch, Error, key.Offset, "a key of metadata is neither empty nor has a NUL in it")
	} else if problem := checkGlob(value.Value); problem != nil {
		d.reportFlaw(value, problem)
	}
}
