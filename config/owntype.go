// SPDX-License-Identifier: Apache-2.0

package config

import (
	"sort"
	"strconv"
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/quote"
)

// ownTypePrefix begins the names of types of one's own, which AWS does not have.
const ownTypePrefix = "X_"

// IsOwn reports whether t is a type of one's own, X_ and then letters, digits and "_". It has no default status; behind it
// is the DEFAULT_* of the reply's own status.
func (t ResponseType) IsOwn() bool { return strings.HasPrefix(string(t), ownTypePrefix) }

// responseType is the type called name: one of AWS, or a well-formed one of one's own. It is "" for another name, which is
// reported.
func (d *decoder) responseType(name Text) ResponseType {
	if t, known := ParseResponseType(name.Value); known {
		return t
	}
	own, ok := strings.CutPrefix(name.Value, ownTypePrefix)
	switch {
	case !ok:
		d.reportFlaw(name, d.unknownType(name.Value))
		return ""
	case own == "" || strings.Trim(own, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") != "":
		d.Report(code.BadOwnType, Error, name.Offset, quote.Text(name.Value)+
			` is not the name of a type of one's own; use "X_" and then capital letters, digits and "_"`)
		return ""
	case len(name.Value) > maxOwnType:
		d.Report(code.BadOwnType, Error, name.Offset, "the name of the type has "+strconv.Itoa(len(name.Value))+" bytes; use at most "+strconv.Itoa(maxOwnType))
		return ""
	}
	return ResponseType(name.Value)
}

// unknownType is the flaw of a type that AWS does not have. The first one lists the types: a document can have thousands.
func (d *decoder) unknownType(name string) *grammar.Flaw {
	message := quote.Text(name) + " is not a gateway response type"
	if d.typeNames == nil {
		for _, known := range ResponseTypes() {
			d.typeNames = append(d.typeNames, string(known))
		}
	}
	if meant, ok := d.Meant(name, d.typeNames); ok {
		message += "; did you mean " + quote.Text(meant) + "?"
	} else if !d.typesListed {
		d.typesListed = true
		message += "; the types are " + strings.Join(d.typeNames, ", ") + `, and those of one's own, which begin with "X_"`
	}
	return grammar.Wrong(code.UnknownType, message)
}

// addOwnType notes that an entry answers t, so that it exists.
func (d *decoder) addOwnType(t ResponseType) {
	if !t.IsOwn() {
		return
	}
	if d.document.OwnTypes == nil {
		d.document.OwnTypes = map[ResponseType]bool{}
	}
	d.document.OwnTypes[t] = true
}

// checkOwnTypes reports types of one's own that no entry answers, and silences the rules that name them. An entry may
// stand behind a syntax error.
func (d *decoder) checkOwnTypes() {
	if d.Broken() {
		return
	}
	for _, name := range d.ownNamed {
		if !d.document.OwnTypes[ResponseType(name.Value)] {
			d.Report(code.OwnTypeWithoutEntry, Error, name.Offset, "no entry answers the type "+quote.Text(name.Value)+d.adviseOwnType(name.Value))
		}
	}
	for i := range d.document.Rules {
		if rule := &d.document.Rules[i]; rule.ResponseType.IsOwn() && !d.document.OwnTypes[rule.ResponseType] {
			rule.silence()
		}
	}
}

// adviseOwnType says what to write in the place of a type that does not exist.
func (d *decoder) adviseOwnType(name string) string {
	if d.ownNames == nil {
		for own := range d.document.OwnTypes {
			d.ownNames = append(d.ownNames, string(own))
		}
		// Sort and sort.Strings would be a second sort in the wasm, of 25 KB.
		sort.Stable(sort.StringSlice(d.ownNames))
	}
	if meant, ok := d.Meant(name, d.ownNames); ok {
		return "; did you mean " + quote.Text(meant) + "?"
	}
	return `; add it to "gatewayResponses"`
}
