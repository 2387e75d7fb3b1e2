// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"gatewayresponses/config"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/diff"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/explain"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/format"
	"gatewayresponses/internal/gallery"
	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/survey"
	"gatewayresponses/internal/testfile"
)

// inspecting are the operations that say what a document means. They change nothing.
func inspecting() []operation {
	return []operation{
		op("validateDocument", "POST", "/validate", auth.Read, everything, "Find what is wrong with a document, or unwise", validate).onTexts(),
		op("formatDocument", "POST", "/format", auth.Read, everything, "Write a document in one form", formatted).onTexts(),
		op("explainExchange", "POST", "/explain", auth.Read, everything, "Say what a client sees of one error, and why", explained).onTexts(),
		op("previewExchanges", "POST", "/preview", auth.Read, everything, "Say what clients see of some errors", previewed).withLargeAnswers(),
		op("surveyDocument", "POST", "/survey", auth.Read, everything, "List what clients see of every type, in every media type", surveyed).withLargeAnswers(),
		op("getMatrix", "POST", "/matrix", auth.Read, everything, "Say who sees what: every type, for each media type and route, and what differs from another document", matrixOf).withLargeAnswers(),
		op("diffDocuments", "POST", "/diff", auth.Read, everything, "Say what changes for clients from one document to another", compared).withLargeAnswers(),
	}
}

// Findings are what was found.
type Findings struct {
	Findings []finding.Linked `json:"findings" about:"All that was found, in the order of the text."`
}

// validateInput is what validateDocument takes.
type validateInput struct {
	Text
	Lint bool `json:"lint,omitempty" about:"Find what is unwise, too, as gwr lint does."`
}

func validate(_ context.Context, s *Server, _ control.Caller, in validateInput) (Findings, error) {
	c, err := s.documents.read(in.Text)
	if err != nil {
		return Findings{}, err
	}
	if in.Lint {
		return Findings{c.lint().Linked()}, nil
	}
	return Findings{c.findings.Linked()}, nil
}

func formatted(_ context.Context, _ *Server, _ control.Caller, in Text) (Text, error) {
	if err := in.check(); err != nil {
		return Text{}, err
	}
	text, found := format.Source(in.shownName(), []byte(in.Text))
	if text == nil {
		return Text{}, unfit("the document cannot be formatted: "+found[0].Words(), found)
	}
	return Text{Name: in.Name, Text: string(text)}, nil
}

// explainInput is what explainExchange takes.
type explainInput struct {
	Document Document        `json:"document" about:"The document that decides."`
	Exchange json.RawMessage `json:"exchange" schema:"exchange" about:"The error, and what is known besides, as in the files of gwr test."`
}

// Explained is what explainExchange answers with.
type Explained struct {
	explain.Explanation
	Steps []explain.Step `json:"steps" about:"The steps by which the reply comes about, in the words of gwr explain."`
}

func explained(ctx context.Context, s *Server, by control.Caller, in explainInput) (Explained, error) {
	document, err := s.good(ctx, by, in.Document)
	if err != nil {
		return Explained{}, err
	}
	made, err := made(in.Exchange, "exchange", document)
	if err != nil {
		return Explained{}, err
	}
	found := explain.Of(document, made)
	return Explained{found, found.Steps()}, nil
}

// maxExchanges is how many exchanges are previewed at once.
const maxExchanges = 500

// previewInput is what previewExchanges takes.
type previewInput struct {
	Document  Document          `json:"document" about:"The document that decides."`
	Exchanges []json.RawMessage `json:"exchanges" schema:"exchange" about:"The errors, 500 at most, as in the files of gwr test."`
}

// Previews are what clients see.
type Previews struct {
	Replies []diff.ReplyJSON `json:"replies" about:"A reply for each exchange, in their order."`
}

func previewed(ctx context.Context, s *Server, by control.Caller, in previewInput) (Previews, error) {
	if len(in.Exchanges) > maxExchanges {
		return Previews{}, badInput("there are "+listing.Count(len(in.Exchanges), "exchange", "exchanges")+", want 500 at most", nil)
	}
	document, err := s.good(ctx, by, in.Document)
	if err != nil {
		return Previews{}, err
	}
	all, bytes := make([]diff.ReplyJSON, len(in.Exchanges)), 0
	for i, written := range in.Exchanges {
		made, err := made(written, "exchanges["+strconv.Itoa(i)+"]", document)
		if err != nil {
			return Previews{}, err
		}
		reply := preview.Of(document.Program, made.Facts)
		all[i] = diff.ReplyOf(&reply)
		if bytes += len(reply.Body); bytes > maxReplies {
			return Previews{}, tooManyReplies()
		}
	}
	return Previews{all}, nil
}

// made makes the facts of an exchange as it is written.
func made(written json.RawMessage, name string, document exchange.Document) (exchange.Made, error) {
	x, found := testfile.ReadExchange(name, written)
	if found.HasErrors() {
		return exchange.Made{}, badInput("the exchange cannot be read: "+found[0].Words(), found)
	}
	made, err := exchange.Make(x, document)
	if err != nil {
		return exchange.Made{}, unfit(name+": "+err.Error(), nil)
	}
	return made, nil
}

// maxSurveyed is how many routes a survey has: each has every type, in every media type.
const maxSurveyed = 100

// surveyInput is what surveyDocument takes.
type surveyInput struct {
	Document Document `json:"document" about:"The document that decides."`
	Routes   []string `json:"routes,omitempty" about:"The routes of the document to look at, besides requests that belong to none; 100 at most. Missing, it is all of them."`
}

func surveyed(ctx context.Context, s *Server, by control.Caller, in surveyInput) (gallery.Index, error) {
	document, err := s.good(ctx, by, in.Document)
	if err != nil {
		return gallery.Index{}, err
	}
	if in.Routes != nil {
		if document.Config, err = withRoutes(document.Config, in.Routes); err != nil {
			return gallery.Index{}, err
		}
	}
	if n := len(document.Config.Routes); n > maxSurveyed {
		return gallery.Index{}, badInput("there are "+strconv.Itoa(n)+" routes to look at, want 100 at most; name them in \"routes\"", nil)
	}
	found, ok := survey.Within(document, maxReplies)
	if !ok {
		return gallery.Index{}, tooManyReplies()
	}
	return gallery.IndexOf(in.Document.shownName(), found), nil
}

// withRoutes is a document with some of its routes, in its order.
func withRoutes(document *config.Document, names []string) (*config.Document, error) {
	some := *document
	some.Routes = nil
	for i := range document.Routes {
		if slices.Contains(names, document.Routes[i].Name.Value) {
			some.Routes = append(some.Routes, document.Routes[i])
		}
	}
	for _, name := range names {
		if !slices.ContainsFunc(some.Routes, func(r config.Route) bool { return r.Name.Value == name }) {
			return nil, badInput("the document has no route "+quote.Text(name), nil)
		}
	}
	return &some, nil
}

// diffInput is what diffDocuments takes.
type diffInput struct {
	Before Document `json:"before" about:"The document that is there."`
	After  Document `json:"after" about:"The document that is to come."`
}

func compared(ctx context.Context, s *Server, by control.Caller, in diffInput) (diff.JSON, error) {
	before, err := s.good(ctx, by, in.Before)
	if err != nil {
		return diff.JSON{}, err
	}
	after, err := s.good(ctx, by, in.After)
	if err != nil {
		return diff.JSON{}, err
	}
	report, ok := diff.Within(before, after, maxReplies)
	if !ok {
		return diff.JSON{}, tooManyReplies()
	}
	return report.JSON(), nil
}

// maxReplies is how many bytes the replies may have that are made for one answer: a small document can make very many large ones.
const maxReplies = 64 << 20

// tooManyReplies says that there are more.
func tooManyReplies() error {
	return unfit(fmt.Sprintf("the replies of the document have more than %d MiB together; ask for fewer at once", maxReplies>>20), nil)
}
