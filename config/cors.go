// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
)

// AnyOrigin is the member of CORS.AllowOrigins that allows every origin. It stands alone.
const AnyOrigin = "*"

// MaxPreflightAge is the longest time that a browser may remember a preflight, in seconds: a day, as in Firefox; Chromium
// takes two hours at most.
const MaxPreflightAge = 86400

// CORS lets pages of other origins read error replies (https://fetch.spec.whatwg.org/#http-cors-protocol).
type CORS struct {
	// AllowOrigins are origins as browsers write them, in which * stands for any text, or AnyOrigin alone. Never empty
	// in a document without errors.
	AllowOrigins []string
	// AllowCredentials lets a page read the reply to a request with cookies or a client certificate.
	AllowCredentials bool
	// ExposeHeaders are the headers that a page may read, as written.
	ExposeHeaders []string
	// Preflight is what answers preflights that the gateway refused, nil to leave them.
	Preflight *Preflight
}

// Preflight is the answer to a preflight.
type Preflight struct {
	// AllowMethods and AllowHeaders are what the request may have, as written.
	AllowMethods, AllowHeaders []string
	// MaxAge is for how long a browser may remember the answer, in seconds; -1 leaves that to the browser.
	MaxAge int
}

// sharing is a CORS that is being read.
type sharing struct {
	*CORS
	// wild are the elements that are "*", by the key of their list.
	wild map[string][]Text
}

// cors reads which pages may read errors.
func (d *decoder) cors(key Text, document *Document) {
	document.CORS = &CORS{}
	cors := sharing{document.CORS, map[string][]Text{}}
	written := corsObject.read(d, key, &cors)
	if _, origins := written.find("allowOrigins"); written != nil && !origins && !d.Broken() {
		d.Report(code.MissingKey, Error, key.Offset, `no page is allowed without "allowOrigins"; add e.g. ["https://app.example.com"]`)
	}
	d.checkWild(&cors)
}

// preflight reads what answers preflights.
func (d *decoder) preflight(key Text, cors *sharing) {
	cors.Preflight = &Preflight{MaxAge: -1}
	preflightObject.read(d, key, cors)
}

// corsList reads a list of strings, and returns those that are right. The ones that are "*" go to cors.wild too, by the name of
// the key.
func (d *decoder) corsList(key Text, check func(string) *grammar.Flaw, cors *sharing) []string {
	var all []string
	texts, seen := d.Texts(key), map[string]bool{}
	for _, text := range texts {
		if text.Value == "*" {
			cors.wild[key.Value] = append(cors.wild[key.Value], text)
			if len(texts) > 1 {
				d.Report(code.BadWildcard, Error, text.Offset, `"*" stands for all there is; leave it or the others out`)
			}
		} else if problem := check(text.Value); problem != nil {
			d.reportFlaw(text, problem)
			if !problem.Warning {
				continue
			}
		}
		if !d.Repeated(text, text.Value, seen) {
			all = append(all, text.Value)
		}
	}
	return all
}

// checkWild reports each "*" that browsers do not take for what it looks like: together with credentials it is a name
// like any other, and in Access-Control-Allow-Headers it does not stand for Authorization.
func (d *decoder) checkWild(cors *sharing) {
	for _, texts := range cors.wild {
		for _, text := range texts {
			if cors.AllowCredentials {
				d.Report(code.BadWildcard, Error, text.Offset, `browsers refuse "*" together with allowCredentials; list what is allowed`)
			}
		}
	}
	for _, text := range cors.wild["allowHeaders"] {
		if !cors.AllowCredentials {
			d.Report(code.BadWildcard, Warning, text.Offset, `"*" does not stand for authorization in browsers; list the headers if requests have it`)
		}
	}
}

// maxAge reads a number of seconds, -1 when it is not one.
func (d *decoder) maxAge(key Text) int {
	found, ok := d.Literal(key)
	if !ok {
		return -1
	}
	want := "a number of seconds from 0 to " + strconv.Itoa(MaxPreflightAge)
	if found.Kind() != '0' {
		d.WrongType(key, found, want)
		return -1
	}
	seconds, err := strconv.Atoi(found.Raw())
	if err != nil || seconds < 0 || seconds > MaxPreflightAge {
		d.Report(code.BadNumber, Error, found.Offset, found.Shown()+" is not "+want)
		return -1
	}
	return seconds
}
