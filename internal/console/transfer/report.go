// SPDX-License-Identifier: Apache-2.0

package transfer

import (
	"encoding/json"
	"errors"
	"net/http"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// importedDocument is the document that a text becomes.
type importedDocument struct {
	v1.Import
	Document json.RawMessage `json:"document"`
}

// importedAPI is the API that a definition would become.
type importedAPI struct {
	v1.DryRun
	Answer v1.Defined `json:"answer"`
}

// seen is what clients would see of a document.
type seen struct {
	Replies []struct {
		Route, Type, MediaType, Left, Text string
		Replaced                           bool
		Status                             int
	}
}

// target is a gateway into whose base document a document can go.
type target struct {
	Name, ETag string
	// Bytes is the size of what is there.
	Bytes int
}

// reportPage is what the report shows.
type reportPage struct {
	Source source
	// Document is nil where the text becomes none, and DocumentProblem says why. So is API with its problem.
	Document        *importedDocument
	DocumentProblem *v1.Problem
	API             *importedAPI
	APIProblem      *v1.Problem
	Seen            seen
	// APIs are those that it can go into, and Gateways those whose base documents it can replace. MayMake reports whether it can become an API.
	APIs     []v1.API
	Gateways []target
	MayMake  bool
	// Into is the API that somebody came from, "" for none.
	Into string
}

// formPage is what the page shows on which somebody brings a text.
type formPage struct {
	Into    string
	Formats []string
	Most    int
}

// importPage is the page on which somebody brings a text.
func importPage(v *page.Visit) error {
	return v.Show(http.StatusOK, templates["import.html"], formPage{v.FormValue("into"), v1.ImportFormats(), page.MaxFile >> 20})
}

// report says what would come of a text, before anything is made of it.
func report(v *page.Visit) error {
	from, err := sourceOf(v)
	if err != nil {
		return err
	}
	shown := reportPage{Source: from, Into: v.FormValue("into"), MayMake: v.Who.Rights.MayAllAPIs(auth.Edit)}
	if err := shown.convert(v); err != nil {
		return err
	}
	if err := shown.define(v); err != nil {
		return err
	}
	if shown.Document == nil && shown.API == nil {
		why := shown.DocumentProblem
		if shown.APIProblem != nil && isDefinition(from) {
			why = shown.APIProblem
		}
		return &page.APIError{Problem: *why}
	}
	if err := shown.targets(v); err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["report.html"], shown)
}

// isDefinition reports whether somebody says that the text is a definition.
func isDefinition(s source) bool { return s.Format == "openapi" }

// convert asks for the document that the text becomes, and what clients would see of it.
func (r *reportPage) convert(v *page.Visit) error {
	asked, err := r.Source.asked()
	if err != nil {
		return err
	}
	var made importedDocument
	if r.DocumentProblem, err = problemOf(v.API.Do(http.MethodPost, asked, &made, "import")); err != nil || r.DocumentProblem != nil {
		return err
	}
	r.Document = &made
	if !made.Works {
		return nil
	}
	_, err = problemOf(v.API.Do(http.MethodPost, map[string]any{"document": map[string]string{"text": string(made.Document)}}, &r.Seen, "survey"))
	return err
}

// define asks what a definition would become.
func (r *reportPage) define(v *page.Visit) (err error) {
	if r.Document != nil && r.Document.Format != "openapi" {
		return nil
	}
	if !r.MayMake {
		return nil
	}
	var made importedAPI
	r.APIProblem, err = problemOf(v.API.Try(http.MethodPost, map[string]string{"text": r.Source.Text}, &made, "apis", "import"))
	if err == nil && r.APIProblem == nil {
		r.API = &made
	}
	return err
}

// targets finds where it can go.
func (r *reportPage) targets(v *page.Visit) error {
	if r.API != nil || r.Document != nil && r.Document.Format == "openapi" {
		var all v1.Page[v1.API]
		if err := v.API.List(&all, []string{"limit", "500"}, "apis"); err != nil {
			return err
		}
		for _, api := range all.Items {
			if v.Who.Rights.MayAPI(auth.Edit, api.ID) {
				r.APIs = append(r.APIs, api)
			}
		}
	}
	if r.Document == nil || !r.Document.Works || !v.MayGateways(auth.Admin) {
		return nil
	}
	var gateways v1.Gateways
	if err := v.API.Get(&gateways, "gateways"); err != nil {
		return err
	}
	for _, g := range gateways.Items {
		if g.Files != "" {
			continue
		}
		var base v1.BaseDocument
		etag, err := v.API.GetVersion(&base, "gateways", g.Name, "base")
		if err != nil {
			return err
		}
		r.Gateways = append(r.Gateways, target{g.Name, etag, len(base.Text)})
	}
	return nil
}

// problemOf separates what the API says of a text from errors of the server, and from refusals that have nothing to do with the text.
func problemOf(err error) (*v1.Problem, error) {
	var said *page.APIError
	if !errors.As(err, &said) {
		return nil, err
	}
	switch said.Status {
	case http.StatusBadRequest, http.StatusUnprocessableEntity, http.StatusRequestEntityTooLarge:
		return &said.Problem, nil
	case http.StatusTooManyRequests:
		if said.Title == "limit exceeded" { // the text has more than an API may have
			return &said.Problem, nil
		}
	}
	return nil, err
}
