// SPDX-License-Identifier: Apache-2.0

package config

import (
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/quote"
)

// StatusRange is the statuses from Low to High, both included.
type StatusRange struct{ Low, High int }

// when reads the conditions of a rule.
func (d *decoder) when(at Text) When {
	var when When
	var filter Text
	begin, before := d.ahead(), len(d.reports)
	d.fields(at, schema{
		fields: []field{
			{"details", func(key Text) { when.Details = d.texts(key) }},
			{"filter", func(key Text) { filter, when.Filters = key, d.texts(key) }},
			{"flags", func(key Text) { when.Flags = d.texts(key) }},
			{"status", func(key Text) { when.Statuses = d.statuses(key) }},
			{"grpcStatus", func(key Text) { when.GRPCStatuses, when.GRPCStatusKey = d.grpcStatusList(key), key }},
			{"requestHeaders", func(key Text) { when.RequestHeaders = d.headerConditions(key, checkRequestHeaderName) }},
			{"responseHeaders", func(key Text) { when.ResponseHeaders = d.headerConditions(key, checkResponseHeaderName) }},
			{"source", func(key Text) { when.Source = d.replySource(key) }},
		},
	})
	d.warnFilterOfUpstream(filter, when.Source, "never holds")
	if when.isEmpty() && !d.hasErrors(before) && !d.broken {
		d.report(Error, at.Path, begin, `no condition, so every error reply would be meant; if so, write "status": ["4xx", "5xx"]`)
	}
	return when
}

// statuses reads a list of statuses and classes of them.
func (d *decoder) statuses(key Text) []StatusRange {
	var all []StatusRange
	d.list(key, func(element Text) {
		found, ok := d.literal(element.Path)
		if !ok {
			return
		}
		text := string(found.raw)
		switch found.kind() {
		case '0':
		case '"':
			text = found.unquoted()
		default:
			d.wrongType(element.Path, found, `a status such as "403", or "4xx"`)
			return
		}
		statuses, problem := parseStatusRange(text)
		if problem != "" {
			d.report(Error, element.Path, found.offset, found.shown()+problem)
			return
		}
		all = append(all, statuses)
	})
	return all
}

// parseStatusRange reads "403" or "4xx", or says what is wrong with it.
func parseStatusRange(text string) (statuses StatusRange, problem string) {
	switch text {
	case "4xx":
		return StatusRange{400, 499}, ""
	case "5xx":
		return StatusRange{500, 599}, ""
	}
	if meant := chars.Lower(text); meant == "4xx" || meant == "5xx" {
		return StatusRange{}, " is not a status; did you mean " + quote.Text(meant) + "?"
	}
	status, ok := threeDigits(text)
	if !ok {
		return StatusRange{}, ` is not a status; use 400 to 599, "4xx" or "5xx"`
	}
	if status < 400 {
		return StatusRange{}, ` is not the status of an error, and others are not looked at; use 400 to 599, "4xx" or "5xx"`
	}
	return StatusRange{status, status}, ""
}
