// SPDX-License-Identifier: Apache-2.0

package exchange

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"sync"

	"gatewayresponses/config"
	"gatewayresponses/internal/classify"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
)

// OfType is a type with the exchanges that raise it.
type OfType struct {
	Type config.ResponseType
	// Exchanges are what was written, each with an error of the type; those that are met most often first. Their Error.Type is "".
	Exchanges []Exchange
	// Why says why there are none.
	Why error
}

// Types lists all types that exist in a document: those of AWS, in the order of their names, and behind them those of one's own.
func Types(document *config.Document) []config.ResponseType {
	types := config.ResponseTypes()
	for own := range document.OwnTypes {
		types = append(types, own)
	}
	slices.Sort(types[len(config.ResponseTypes()):])
	return types
}

// Typical lists, for every type, the errors that raise it in answer to a request, each in an exchange of its own.
func Typical(x Exchange, document Document) []OfType {
	var all []OfType
	for _, t := range Types(document.Config) {
		x.Error = Error{Type: t}
		of := OfType{Type: t}
		search := search{written: x, document: document, limit: len(typical) + maxNamed}
		for _, found := range search.run() {
			of.Exchanges = append(of.Exchanges, found.exchange)
		}
		of.Why = search.why()
		all = append(all, of)
	}
	return all
}

// ofType makes the facts of an exchange whose error is given by its type.
func ofType(x Exchange, document Document) (Made, error) {
	if err := CheckType(x.Error.Type, document.Config); err != nil {
		return Made{}, err
	}
	search := search{written: x, document: document, limit: 1}
	found := search.run()
	if len(found) == 0 {
		return Made{}, search.why()
	}
	return found[0].made, nil
}

// CheckType says that a document has no such type, and which was probably meant.
func CheckType(t config.ResponseType, document *config.Document) error {
	types := Types(document)
	if slices.Contains(types, t) {
		return nil
	}
	if t.IsOwn() {
		return fmt.Errorf("the document has no type %s: a type of one's own exists when gatewayResponses has an entry for it", t)
	}
	names := make([]string, len(types))
	for i := range types {
		names[i] = string(types[i])
	}
	if meant, ok := nearest.Of(string(t), names); ok {
		return fmt.Errorf("there is no type %s; did you mean %s?", quote.Text(string(t)), meant)
	}
	return fmt.Errorf("there is no type %s; gwr types lists them", quote.Text(string(t)))
}

// search looks for errors of a type.
type search struct {
	// written is what the errors are in answer to; what its Error says of the error holds.
	written  Exchange
	document Document
	// limit is how many errors are enough.
	limit int
	found []candidate
	// instead is what the first error that was tried is taken for.
	instead *mistaken
}

// candidate is an exchange whose error may be of the type.
type candidate struct {
	exchange Exchange
	made     Made
}

// mistaken is an error that is not of the type.
type mistaken struct {
	error Error
	class classify.Result
}

// run tries Envoy's errors, then those that rules and producers name.
func (s *search) run() []candidate {
	wanted, url := s.written.Error.Type, s.written.Request.url()
	if s.written.Error.Details != "" {
		s.tryWritten(wanted, url)
		return s.found
	}
	for i, types := range typicalTypes() {
		if slices.Contains(types[:], wanted) {
			s.try(typical[i].error(url), nil, nil)
		}
	}
	s.tryNamed(wanted)
	return s.found
}

// tryWritten tries the one error whose details were written.
func (s *search) tryWritten(wanted config.ResponseType, url string) {
	written := s.written.Error
	base, err := complete(written, url)
	if err != nil {
		base.Status = cmp.Or(written.Status, wanted.DefaultStatus(), statusOf(wanted))
	}
	s.try(base, nil, nil)
}

// typicalTypes are the types of each typical error, in both dialects.
var typicalTypes = sync.OnceValue(func() [][2]config.ResponseType {
	types := make([][2]config.ResponseType, len(typical))
	for i := range typical {
		for j, dialect := range []classify.Dialect{classify.Envoy, classify.AWS} {
			types[i][j] = classify.Classify(typical[i].reply(), dialect).Type
		}
	}
	return types
})

// reply is what classify looks at.
func (r *reply) reply() *facts.Reply {
	flags, _ := parseFlags(r.flags)
	return &facts.Reply{Status: r.status, Details: r.details, Flags: flags, Owner: ownerPrefix + r.filter, HasBody: r.body != ""}
}

// try keeps an error if the engine takes it for one of the type. headers and attributes are what the request has for it.
func (s *search) try(base Error, headers facts.Headers, attributes facts.Attributes) {
	if len(s.found) >= s.limit {
		return
	}
	x := s.written
	e := x.Error.over(base)
	e.Type = ""
	var further []string
	for _, line := range headers {
		if _, written := x.Request.Headers.First(line.Name); !written {
			x.Request.Headers = append(slices.Clip(x.Request.Headers), line)
			further = append(further, "request header "+line.Name)
		}
	}
	if len(attributes) > 0 {
		x.Envoy.Attributes = joinAttributes(attributes, x.Envoy.Attributes)
		further = append(further, "metadata")
	}
	made := x.made(e)
	made.Assumed = append(assumed(s.written.Error, e), further...)
	trace := s.document.Program.Decide(&made.Facts).Trace
	if trace.Left != engine.LeftOff && (trace.Class.Type != s.written.Error.Type || trace.Class.Leave) {
		if s.instead == nil {
			s.instead = &mistaken{e, trace.Class}
		}
		return
	}
	x.Error = e
	s.found = append(s.found, candidate{x, made})
}

// joinAttributes are the attributes of both; those of the second win.
func joinAttributes(base, over facts.Attributes) facts.Attributes {
	joined := facts.Attributes{}
	for _, from := range []facts.Attributes{base, over} {
		for path, value := range from {
			joined[path] = value
		}
	}
	return joined
}

// why says why nothing was found, nil when something was.
func (s *search) why() error {
	t := s.written.Error.Type
	switch {
	case len(s.found) > 0:
		return nil
	case s.instead != nil:
		return s.instead.why(t)
	case t.IsOwn():
		return fmt.Errorf("nothing raises %s: no rule of classification names it, and producers declare no types (declared)", t)
	default:
		return fmt.Errorf("nothing in Envoy raises %s; let a rule of classification name it, or its producer declare it (declared)", t)
	}
}

// why says what an error was taken for in the place of a type.
func (m *mistaken) why(t config.ResponseType) error {
	of := m.error.Details
	if of == "" {
		of = "an error without details and with status " + facts.StatusText(m.error.Status)
	}
	switch class := m.class; {
	case class.Upstream:
		return fmt.Errorf("%s is not %s here: it is a reply of the upstream", of, t)
	case class.Leave:
		return fmt.Errorf("%s is not %s here: the rule %s leaves it", of, t, quote.Text(class.Row))
	case class.Reason == classify.ByRule:
		return fmt.Errorf("%s is not %s here: the rule %s names it %s", of, t, quote.Text(class.Row), class.Type)
	case class.Reason == classify.ByDeclaration:
		return fmt.Errorf("%s is not %s here: its producer declares it %s", of, t, class.Type)
	default:
		return fmt.Errorf("%s is not %s here: the tables take it for %s, by its %s", of, t, class.Type, class.Reason)
	}
}

// checkStatus reports an error that cannot be one.
func (e Error) checkStatus() error {
	switch {
	case e.Status == 0 && e.Details == "":
		return errors.New("the error is missing; give its type, or details and status")
	case e.Status == 0:
		return fmt.Errorf("the status of the error with details %s is not known; give it", quote.Text(e.Details))
	case e.Status < 100 || e.Status > 599:
		return fmt.Errorf("%d is no status; want 100 to 599", e.Status)
	}
	return nil
}
