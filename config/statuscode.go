// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/grammar"
	"gatewayresponses/internal/quote"
)

// statusCode reads a status, written as a string or as an integer. AWS takes interim ones too, and none in "".
func (d *decoder) statusCode(key Text, e *entry) {
	found, ok := d.Literal(key)
	if !ok || !d.once(key, e) {
		return
	}
	digits := found.Raw()
	switch found.Kind() {
	case '0':
	case '"':
		digits = found.Unquoted()
	default:
		d.WrongType(key, found, `a status such as "429"`)
		return
	}
	at := Text{Value: digits, Offset: found.Offset}
	status, problem := parseStatus(digits)
	switch {
	case problem == "":
		e.StatusCode, e.status = status, at
	case digits == "" || isInterim(digits):
		d.reportForeign(at, grammar.Wrong(code.BadStatus, found.Shown()+problem), ignored)
	default:
		d.Report(code.BadStatus, Error, found.Offset, found.Shown()+problem)
	}
}

// isInterim reports whether digits are a status from 100 to 199.
func isInterim(digits string) bool {
	status, ok := threeDigits(digits)
	return ok && status < 200
}

// parseStatus reads a status, or says what is wrong with it.
func parseStatus(digits string) (status int, problem string) {
	status, ok := threeDigits(digits)
	meant := strings.TrimLeft(strings.TrimSpace(digits), "0")
	_, near := threeDigits(meant)
	switch {
	case !ok && near:
		return 0, " is not an HTTP status; did you mean " + quote.Text(meant) + "?"
	case !ok:
		return 0, ` is not an HTTP status; use 200 to 599, e.g. "429"`
	case isInterim(digits):
		return 0, ` is an interim status, behind which a client waits for another; use 200 to 599, e.g. "429"`
	}
	return status, ""
}

// threeDigits reads a status from 100 to 599.
func threeDigits(digits string) (status int, ok bool) {
	status, err := strconv.Atoi(digits)
	return status, err == nil && len(digits) == 3 && 100 <= status && status <= 599
}
