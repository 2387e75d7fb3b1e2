// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// Declared is where producers of replies name the type themselves, compiled. The zero Declared is nowhere.
type Declared struct {
	// headers are those of the type, its message and its validation error, in lower case; nil for nowhere.
	headers []string
	// attributes are paths of attributes with the same three; nil for nowhere.
	attributes []string
	filters    []glob.Pattern
	source     config.Source
	// own are the types of one's own that exist. What a client or an upstream sends never makes one.
	own map[config.ResponseType]bool
}

// NewDeclared compiles what a document says of producers, which is nil for nothing, and of types of its own.
func NewDeclared(written *config.Declared, own map[config.ResponseType]bool) Declared {
	if written == nil {
		return Declared{}
	}
	d := Declared{filters: patterns(written.Filters), source: written.Source, own: own}
	if written.Header != "" {
		d.headers = withCompanions(chars.Lower(written.Header))
	}
	if written.Metadata.Value != "" {
		d.attributes = withCompanions(facts.MetadataPath(written.Metadata.Value))
	}
	return d
}

// withCompanions are the names under which a producer gives a type, its message and its validation error.
func withCompanions(name string) []string {
	return []string{name, name + "-message", name + "-validation-error"}
}

// Asks are the facts that Find looks at for a reply with this status and these details, and that cost a host call each.
func (d *Declared) Asks(status int, details string) facts.Fields {
	if d.filters == nil || !d.MayFind(status, details) {
		return 0
	}
	return facts.FieldOwner
}

// Attributes are the attributes that producers write for the filter, by facts.AttributePath.
func (d *Declared) Attributes() []string { return d.attributes }

// Headers are the headers that producers write for the filter, and no client shall see; nil for a reply of another
// filter or source.
func (d *Declared) Headers(reply *facts.Reply) []string {
	if !d.trusts(reply) {
		return nil
	}
	return d.headers
}

// trusts reports whether a reply may name its type. Redirects do not, and no filter sends the upstream's replies.
func (d *Declared) trusts(reply *facts.Reply) bool {
	return d.MayFind(reply.Status, reply.Details) && (IsUpstream(reply) || matchesAny(d.filters, reply.Owner))
}

// MayFind reports whether Find can name a reply with this status and these details, whatever else is known of it.
func (d *Declared) MayFind(status int, details string) bool {
	return status >= facts.FirstError && d.IsSomewhere() && d.source.Has(isUpstream(details))
}

// IsSomewhere reports whether producers name types at all.
func (d *Declared) IsSomewhere() bool { return d.headers != nil || d.attributes != nil }

// Find names the reply as its producer does, by a header or else in the metadata. It is not found when the producer names
// no type; unknown reports that it names one that does not exist. exists reports whether a type of one's own does, because the
// route document of the request has an entry for it.
func (d *Declared) Find(f *facts.Facts, dialect Dialect, exists func(config.ResponseType) bool) (result Result, found, unknown bool) {
	if !d.trusts(&f.Reply) {
		return Result{}, false, false
	}
	words := d.words(f)
	if words[0] == "" {
		return Result{}, false, false
	}
	t, known := d.typeCalled(words[0], exists)
	if !known {
		return Result{}, false, true
	}
	return Result{
		Type: t, Broader: broader(t, dialect), Reason: ByDeclaration, Known: true, Message: words[1], ValidationError: words[2],
	}, true, false
}

// Word is what a producer says of its reply.
type Word struct {
	// Trusted reports whether the reply may name its type: whether its source and owner are those of the key declared.
	Trusted bool
	// Type, Message and ValidationError are what it says, "" for nothing. The type may be one that does not exist.
	Type, Message, ValidationError string
}

// Word is what the producer of a reply says, whether or not it counts. For tools.
func (d *Declared) Word(f *facts.Facts) Word {
	words := d.words(f)
	return Word{d.trusts(&f.Reply), words[0], words[1], words[2]}
}

// typeCalled finds a type of AWS, or one of the document's own.
func (d *Declared) typeCalled(name string, exists func(config.ResponseType) bool) (config.ResponseType, bool) {
	if own := config.ResponseType(name); d.own[own] || own.IsOwn() && exists(own) {
		return own, true
	}
	return config.ParseResponseType(name)
}

// words are type, message and validation error, as the headers of a reply say, or else the dynamic metadata.
func (d *Declared) words(f *facts.Facts) [3]string {
	if words := d.fromHeaders(f.Reply.Headers); words[0] != "" {
		return words
	}
	return d.fromMetadata(f.Attributes)
}

// fromHeaders is what the headers of a reply say: type, message and validation error.
func (d *Declared) fromHeaders(headers facts.Headers) (words [3]string) {
	for i, name := range d.headers {
		words[i], _ = headers.First(name)
	}
	words[0] = chars.Trim(words[0])
	return words
}

// fromMetadata is what the dynamic metadata says.
func (d *Declared) fromMetadata(attributes facts.Attributes) (words [3]string) {
	for i, path := range d.attributes {
		words[i] = attributes.Text(path)
	}
	return words
}
