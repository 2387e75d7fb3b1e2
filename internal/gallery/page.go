// SPDX-License-Identifier: Apache-2.0

package gallery

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	_ "embed" // the template, the style and the script of the page
	"encoding/base64"
	"fmt"
	"html/template"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/survey"
)

//go:embed page.html
var pageText string

//go:embed page.css
var style string

//go:embed page.js
var script string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

// page is what the template shows.
type page struct {
	Document string
	Style    template.CSS
	Script   template.JS
	// Policy allows the page its own script and no other, and nothing from elsewhere. Bodies in frames inherit it.
	Policy template.HTMLAttr
	// Routes and Types are the choices of the filters.
	Routes, Types []string
	Cards         []card
	Left          []leftGroup
	Unraised      []Missing
	Replaced      int
	SameAs        int
}

// card is one reply.
type card struct {
	ID, Route, Type, Media string
	// Request is the request line, Envoy the reply without the document.
	Request, Envoy, EnvoyDetails string
	Status                       int
	// GRPC is the name of the gRPC status that a client of gRPC gets, "" over HTTP.
	GRPC string
	// Class is the class of the status: "2" to "5".
	Class   string
	Entry   string
	Headers facts.Headers
	// IsHTML reports whether the body is shown in a frame, Text is the body as it is, or for JSON with a line for each value.
	IsHTML, IsBinary bool
	Body, Text       string
	Size             int
}

// leftGroup are types that are left for one reason.
type leftGroup struct {
	Why, Route string
	Types      []string
}

// Page shows a survey of a document as one page of HTML that needs nothing else, runs no script of a body and asks no network.
// Replies on routes that are the same without the route are counted only.
func Page(document string, s survey.Survey) ([]byte, error) {
	p := page{Document: document, Style: template.CSS(style), Script: template.JS(script)}
	sum := sha256.Sum256([]byte(script))
	p.Policy = template.HTMLAttr(fmt.Sprintf(
		`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; media-src data:; script-src 'sha256-%s'; form-action 'none'; base-uri 'none'"`,
		base64.StdEncoding.EncodeToString(sum[:])))
	for i := range s.Views {
		v := &s.Views[i]
		switch {
		case v.SameAsDocument && v.Reply.Replaced:
			p.SameAs++
		case v.SameAsDocument:
		case v.Reply.Replaced:
			p.Replaced++
			p.addCard(v)
		default:
			p.addLeft(v)
		}
	}
	slices.Sort(p.Types)
	for _, u := range s.Unraised {
		if u.Route == "" {
			p.Unraised = append(p.Unraised, Missing{Type: string(u.Type), Why: u.Why.Error()})
		}
	}
	var b bytes.Buffer
	err := pageTemplate.Execute(&b, p)
	return b.Bytes(), err
}

// addCard adds a reply that the document makes.
func (p *page) addCard(v *survey.View) {
	c := card{
		ID: "reply-" + strconv.Itoa(len(p.Cards)+1), Route: v.Route, Type: string(v.Type), Media: v.Media,
		Request: requestLine(v.Facts.Request.Headers), Envoy: strconv.Itoa(v.Facts.Reply.Status), EnvoyDetails: v.Facts.Reply.Details,
		Status: v.Reply.Status, Class: strconv.Itoa(v.Reply.Status / 100), Entry: v.Reply.Trace.Entry, Size: len(v.Reply.Body),
		Headers: survey.SortedHeaders(&v.Reply),
	}
	if c.Media == "" {
		c.Media = cmp.Or(survey.MediaType(&v.Reply), "no body")
	}
	if number, found := v.Reply.Headers.First("grpc-status"); found && v.Media == survey.GRPC {
		c.GRPC, c.Class = config.ParseGRPCStatus(number).String(), strconv.Itoa(v.Facts.Reply.Status/100)
	}
	c.setBody(v)
	p.Cards = append(p.Cards, c)
	if v.Route != "" && !slices.Contains(p.Routes, v.Route) {
		p.Routes = append(p.Routes, v.Route)
	}
	if !slices.Contains(p.Types, c.Type) {
		p.Types = append(p.Types, c.Type)
	}
}

// setBody makes the body ready to be shown.
func (c *card) setBody(v *survey.View) {
	media := survey.MediaType(&v.Reply)
	switch {
	case !utf8.Valid(v.Reply.Body):
		c.IsBinary = true
		return
	case media == "text/html" || media == "application/xhtml+xml":
		c.IsHTML = true
	}
	c.Body, c.Text = string(v.Reply.Body), string(v.Reply.Body)
	if media == "application/json" || strings.HasSuffix(media, "+json") {
		value := jsontext.Value(bytes.Clone(v.Reply.Body))
		if value.Indent(jsontext.WithIndent("  ")) == nil {
			c.Text = string(value)
		}
	}
}

// leftReasons says why replies are left, as people read it.
var leftReasons = map[string]string{
	"noEntry":    "no entry answers",
	"deliberate": "somebody wrote them on purpose",
	"off":        "the mode is off",
	"observe":    "the mode is observe",
	"upstream":   "they are the upstream's own",
	"rule":       "a rule leaves them",
	"tooLarge":   "the new reply would be too large",
	"grpc":       "the upstream answers a client of gRPC",
}

// addLeft adds a reply that is left.
func (p *page) addLeft(v *survey.View) {
	why := cmp.Or(leftReasons[string(v.Reply.Trace.Left)], string(v.Reply.Trace.Left), "nothing asks for them")
	if v.Media == survey.GRPC {
		why += ", to clients of gRPC"
	}
	at := slices.IndexFunc(p.Left, func(g leftGroup) bool { return g.Why == why && g.Route == v.Route })
	if at < 0 {
		at = len(p.Left)
		p.Left = append(p.Left, leftGroup{Why: why, Route: v.Route})
	}
	if g := &p.Left[at]; !slices.Contains(g.Types, string(v.Type)) {
		g.Types = append(g.Types, string(v.Type))
	}
}
