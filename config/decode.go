// SPDX-License-Identifier: Apache-2.0

package config

import "strconv"

// Decode reads a document and checks all of it but what its variables and templates mean. The findings are sorted by
// place; text that is not JSON ends them. The document is never nil: it holds what could be decoded, with defaults for
// the rest, so that a caller may go on and find more. It keeps text, which must not change afterwards.
func Decode(text []byte) (*Document, Findings) {
	d := newDecoder(text)
	if d.checkInput() {
		d.root()
		d.Trailing()
	}
	return d.result()
}

// version is the version of the format that this package reads.
const version = 1

// root reads the document.
func (d *decoder) root() {
	document := d.document
	d.fields(Text{}, schema{
		fields: []field{
			{"version", d.version},
			{"revision", d.revision},
			{"mode", func(key Text) { d.mode(key, &document.Mode) }},
			{"emulate", func(key Text) { d.emulate(key, &document.Emulate) }},
			{"api", func(key Text) { d.api(key, &document.API) }},
			{"stageVariables", func(key Text) { d.stageVariables(key, &document.StageVariables) }},
			{"gatewayResponses", func(key Text) { d.gatewayResponses(key, &document.GatewayResponses) }},
			{"routes", d.routes},
			{"classification", d.rules},
			{"declared", d.declared},
			{"authorizer", d.authorizer},
			{"grpc", d.grpc},
			{"escaping", func(key Text) { d.escaping(key, &document.Escaping) }},
			{"cors", d.cors},
			{"headerOnly", d.headerOnly},
			{"routeDocuments", d.routeDocuments},
			{"upstream", d.upstream},
		},
		extensions: true,
	})
	d.checkOwnTypes()
	d.checkUpstream()
}

// version reads the version, which can only be the one there is.
func (d *decoder) version(key Text) {
	found, ok := d.Literal(key.Path)
	switch {
	case !ok:
	case found.Kind() != '0':
		d.WrongType(key.Path, found, "the number 1")
	case found.Raw() != "1":
		d.Report(Error, key.Path, found.Offset, "version "+found.Shown()+" of the format is not known; use 1")
	}
}

// revision reads the number that whoever delivers the document gives it.
func (d *decoder) revision(key Text) {
	found, ok := d.Literal(key.Path)
	if !ok {
		return
	}
	want := "a whole number from 0 to " + strconv.Itoa(MaxRevision)
	if found.Kind() != '0' {
		d.WrongType(key.Path, found, want)
		return
	}
	revision, err := strconv.ParseUint(found.Raw(), 10, 64)
	if err != nil || revision > MaxRevision {
		d.Report(Error, key.Path, found.Offset, found.Shown()+" is not a revision; use "+want)
		return
	}
	d.document.Revision = int64(revision)
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

// api reads the constants behind $context.
func (d *decoder) api(key Text, api *API) {
	into := func(target *string) func(Text) {
		return func(key Text) {
			if value, ok := d.Text(key.Path); ok {
				*target = value.Value
			}
		}
	}
	d.fields(key, schema{fields: []field{
		{"id", into(&api.ID)},
		{"stage", into(&api.Stage)},
		{"accountId", into(&api.AccountID)},
	}})
}
