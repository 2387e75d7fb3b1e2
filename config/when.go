// SPDX-License-Identifier: Apache-2.0

package config

import (
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

// StatusRange is the statuses from Low to High, both included.
type StatusRange struct{ Low, High int }

// conditions is a When that is being read.
type conditions struct {
	When
	// filter is where the key stands, zero without it.
	filter Text
	// redirects are the statuses below 400.
	redirects []Text
}

// when reads the conditions of a rule.
func (d *decoder) when(at Text) When {
	var when conditions
	begin, before := d.Ahead(), d.Errors()
	whenObject.read(d, at, &when)
	d.warnFilterOfUpstream(when.filter, when.Source, "never holds")
	d.checkRedirects(&when)
	if when.isEmpty() && d.Errors() == before && !d.Broken() {
		d.Report(code.NoCondition, Error, begin, `no condition, so every error reply would be meant; if so, write "status": ["4xx", "5xx"]`)
	}
	return when.When
}

// checkRedirects reports statuses below 400 in a rule that is not about what a certain filter of Envoy answers.
func (d *decoder) checkRedirects(when *conditions) {
	advice := ""
	switch {
	case when.Source != SourceLocal:
		advice = `; a rule names redirects of Envoy's own filters alone, so remove "source"`
	case when.Details == nil && when.Filters == nil:
		advice = `; a rule names it only together with "filter" or "details", so add one of them`
	default:
		return
	}
	for _, status := range when.redirects {
		d.Report(code.RedirectWithoutFilter, Error, status.Offset, quote.Text(status.Value)+" is the status of a redirect"+advice)
	}
}

// statuses reads a list of statuses and classes of them. redirects are the elements below 400.
func (d *decoder) statuses(key Text) (all []StatusRange, redirects []Text) {
	d.List(key, func(element Text) {
		found, ok := d.Literal(element)
		if !ok {
			return
		}
		text := found.Raw()
		switch found.Kind() {
		case '0':
		case '"':
			text = found.Unquoted()
		default:
			d.WrongType(element, found, `a status such as "403", or "4xx"`)
			return
		}
		statuses, problem := parseStatusRange(text)
		if problem != "" {
			d.Report(code.BadStatusCondition, Error, found.Offset, found.Shown()+problem)
			return
		}
		if statuses.Low < 400 {
			redirects = append(redirects, Text{Value: text, Offset: found.Offset})
		}
		all = append(all, statuses)
	})
	return all, redirects
}

// parseStatusRange reads "403" or "4xx", or says what is wrong with it.
func parseStatusRange(text string) (statuses StatusRange, problem string) {
	switch text {
	case "3xx":
		return StatusRange{300, 399}, ""
	case "4xx":
		return StatusRange{400, 499}, ""
	case "5xx":
		return StatusRange{500, 599}, ""
	}
	if meant := chars.Lower(text); meant == "3xx" || meant == "4xx" || meant == "5xx" {
		return StatusRange{}, " is not a status; did you mean " + quote.Text(meant) + "?"
	}
	status, ok := threeDigits(text)
	if !ok {
		return StatusRange{}, ` is not a status; use 300 to 599, "3xx", "4xx" or "5xx"`
	}
	if status < 300 {
		return StatusRange{}, ` is the status of neither an error nor a redirect, and others are not looked at; use 300 to 599, "3xx", "4xx" or "5xx"`
	}
	return StatusRange{status, status}, ""
}
