// SPDX-License-Identifier: Apache-2.0

package testfile

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/quote"
)

// request reads a request.
func (d *decoder) request(at Text, r *exchange.Request) {
	if d.Kind() == '"' {
		d.requestLine(at, r)
		return
	}
	requestObject.read(d, at, r)
}

// requestLine reads "METHOD PATH".
func (d *decoder) requestLine(at Text, r *exchange.Request) {
	line := d.nonEmpty(at)
	method, path, ok := strings.Cut(line.Value, " ")
	if !ok || !chars.IsToken(method) || path == "" {
		d.Report(code.WrongType, jsonread.Error, line.Offset, quote.Text(line.Value)+` is no request; write e.g. "GET /pets"`)
		return
	}
	r.Method, r.Path = method, d.requestPath(Text{Value: path, Offset: line.Offset})
}

// requestPath reports what is no path of a request.
func (d *decoder) requestPath(path Text) string {
	value := d.field(path)
	if value != "" && value[0] != '/' && value != "*" {
		d.Report(code.BadPath, jsonread.Error, path.Offset, quote.Text(value)+` is no path of a request; one begins with "/"`)
	}
	return value
}

// field reports bytes that no header can have.
func (d *decoder) field(value Text) string {
	if chars.Forbidden(value.Value) >= 0 {
		d.Report(code.BadHeaderValue, jsonread.Error, value.Offset, quote.Text(value.Value)+" has a control character, which no request and no header can have")
	}
	return value.Value
}

// method reads a method.
func (d *decoder) method(at Text) string {
	value := d.nonEmpty(at)
	if value.Value != "" && !chars.IsToken(value.Value) {
		d.Report(code.BadMethod, jsonread.Error, value.Offset, quote.Text(value.Value)+" is not a method such as GET")
	}
	return value.Value
}

// choice reads one of a few words.
func (d *decoder) choice(at Text, words ...string) string {
	var word string
	d.Choice(at, "a "+at.Value, &word, words...)
	return word
}

// time reads a time.
func (d *decoder) time(at Text) time.Time {
	value := d.nonEmpty(at)
	when, err := time.Parse(time.RFC3339Nano, value.Value)
	if err != nil && value.Value != "" {
		d.Report(code.WrongType, jsonread.Error, value.Offset, quote.Text(value.Value)+` is no time; write e.g. "2026-01-02T03:04:05Z"`)
	}
	return when
}

// headers reads an object of headers: for each name a value, or a list of values. own are names that have a key of their own.
func (d *decoder) headers(at Text, own ...string) facts.Headers {
	var headers facts.Headers
	names := map[string]bool{}
	d.Object(at, func(name Text) {
		lower := chars.Lower(name.Value)
		d.headerName(name, names, own...)
		for _, value := range d.texts(name) {
			headers = append(headers, facts.Header{Name: lower, Value: d.field(value)})
		}
	})
	return headers
}

// headerName reports what is no name of a header, and a name that is there already.
func (d *decoder) headerName(name Text, names map[string]bool, own ...string) {
	lower := chars.Lower(name.Value)
	for _, key := range own {
		if lower == key {
			d.Report(code.BadHeaderName, jsonread.Error, name.Offset, quote.Text(name.Value)+" has a key of its own; write "+quote.Text(key)+" beside \"headers\"")
		}
	}
	switch {
	case !chars.IsToken(name.Value):
		d.Report(code.BadHeaderName, jsonread.Error, name.Offset, quote.Text(name.Value)+" is no name of a header")
	case names[lower]:
		d.Report(code.Repeated, jsonread.Error, name.Offset, quote.Text(name.Value)+" is there already, in another spelling")
	}
	names[lower] = true
}

// error reads an error: a type, or what Envoy knows of it.
func (d *decoder) error(at Text, e *exchange.Error) {
	if d.Kind() == '"' {
		e.Type = config.ResponseType(d.nonEmpty(at).Value)
		return
	}
	begin, isObject := d.Ahead(), d.Kind() == '{'
	errorObject.read(d, at, e)
	if isObject && !d.Broken() && cmp.Or(string(e.Type), e.Details) == "" && e.Status == 0 {
		d.Report(code.MissingKey, jsonread.Error, begin, `the error is not named; add "type", or "details" and "status"`)
	}
}

// pointer reads a text that stays where it is.
func (d *decoder) pointer(at Text) *Text {
	value := d.scalar(at)
	return &value
}

// flags reads response flags: "UF,URX", or a list of them.
func (d *decoder) flags(at Text) facts.Flags {
	var all facts.Flags
	for _, text := range d.texts(at) {
		flags, unknown := exchange.ParseFlags(text.Value)
		if unknown != "" {
			d.Report(code.UnknownFlag, jsonread.Error, text.Offset, quote.Text(unknown)+` is no response flag of Envoy; write e.g. "UT" or "UF,URX"`)
		}
		all |= flags
	}
	return all
}

// status reads a status, a number or a string, of at least lowest.
func (d *decoder) status(at Text, lowest int) (int, Text) {
	value := d.scalar(at)
	if value == (Text{}) {
		return 0, value
	}
	status, err := strconv.Atoi(value.Value)
	if err != nil || status < lowest || status > 599 {
		d.Report(code.BadStatus, jsonread.Error, value.Offset, quote.Text(value.Value)+" is no status; use "+strconv.Itoa(lowest)+" to 599")
	}
	return status, value
}
