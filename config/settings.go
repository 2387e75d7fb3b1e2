// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/quote"
)

// version is the version of the format that this package reads.
const version = 1

// version reads the version, which can only be the one there is.
func (d *decoder) version(key Text, _ *Document) {
	found, ok := d.Literal(key)
	switch {
	case !ok:
	case found.Kind() != '0':
		d.WrongType(key, found, "the number 1")
	case found.Raw() != "1":
		d.Report(code.UnknownChoice, Error, found.Offset, "version "+found.Shown()+" of the format is not known; use 1")
	}
}

// revision reads the number that whoever delivers the document gives it.
func (d *decoder) revision(key Text, document *Document) {
	found, ok := d.Literal(key)
	if !ok {
		return
	}
	want := "a whole number from 0 to " + strconv.Itoa(MaxRevision)
	if found.Kind() != '0' {
		d.WrongType(key, found, want)
		return
	}
	revision, err := strconv.ParseUint(found.Raw(), 10, 64)
	if err != nil || revision > MaxRevision {
		d.Report(code.BadNumber, Error, found.Offset, found.Shown()+" is not a revision; use "+want)
		return
	}
	document.Revision = int64(revision)
}

// emulate reads which gateway's behaviour is taken over.
func (d *decoder) emulate(key Text, emulate *Emulate) {
	d.Choice(key, "a gateway to emulate", (*string)(emulate), string(EmulateAWS))
}

// escaping reads how values enter bodies.
func (d *decoder) escaping(key Text, escaping *Escaping) {
	d.Choice(key, "a kind of escaping", (*string)(escaping), string(EscapingAuto), string(EscapingAWS))
}

// mode reads what to do with error replies.
func (d *decoder) mode(key Text, mode *Mode) {
	d.Choice(key, "a mode", (*string)(mode), string(ModeRewrite), string(ModeObserve), string(ModeOff))
}

// stageVariables reads the values behind $stageVariables.NAME.
func (d *decoder) stageVariables(key Text, variables *[]Member) {
	d.Object(key, func(key Text) {
		if !isStageVariableName(key.Value) {
			// A warning: it harms no reply, and AWS exports may hold such a name.
			d.Report(code.BadStageVariableName, Warning, key.Offset,
				"$stageVariables.NAME cannot name "+quote.Text(key.Value)+`; a name is made of letters, digits, "_" and "-"`)
		}
		// A variable without a good value is there, too, or its uses would be found to be wrong.
		value, _ := d.Text(key)
		*variables = append(*variables, Member{key, value})
	})
}

// isStageVariableName reports whether a template can use a name without braces.
func isStageVariableName(name string) bool {
	return name != "" && !strings.ContainsFunc(name, func(r rune) bool { return !jsonread.IsWord(r) && r != '-' })
}

// addedByRoutes reads the names of headers that routes add to every reply, in lower case.
func (d *decoder) addedByRoutes(key Text) []string {
	var names []string
	seen := map[string]bool{}
	for _, text := range d.listOf(key, checkAddedHeader) {
		if name := chars.Lower(text.Value); !d.Repeated(text, name, seen) {
			names = append(names, name)
		}
	}
	return names
}

// checkAddedHeader says what is wrong with the name of a header that routes add. A nested reply carries over nothing that
// frames the old one or describes its body.
func checkAddedHeader(name string) *grammar.Flaw {
	problem := grammar.CheckHeaderToken(name)
	lower := chars.Lower(name)
	if problem == nil && (lower == "content-type" || grammar.Reserved(name) != "" && !strings.HasPrefix(lower, "x-amzn-")) {
		problem = grammar.Wrong(code.ReservedHeader, "header "+quote.Text(name)+" is never carried over to another reply; remove it")
	}
	return problem
}
