// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gatewayresponses/config"
	"gatewayresponses/internal/jsonwrite"
)

// details and owner are what a mapper compares, in CEL. The owner is bytes.
const (
	details = "response.code_details"
	owner   = `filter_state["envoy.filters.network.http_connection_manager.local_reply_owner"]`
	status  = "response.code"
)

// quoted is a text as a string of CEL.
func quoted(text string) string { return jsonwrite.Value(text) }

// quotedBytes is a text as bytes of CEL, which have no escapes but those of single bytes.
func quotedBytes(text string) string {
	var b strings.Builder
	b.WriteString(`b"`)
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			fmt.Fprintf(&b, `\x%02x`, c)
		} else {
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// expression is the filter for some cases with the same owners, and some statuses, but for what passes by.
func expression(cases []subject, statuses []int, except []passing) string {
	parts := []string{detailsExpression(cases), ownerExpression(cases[0].owners), statusExpression(statuses)}
	for _, e := range except {
		parts = append(parts, "!("+e.expression(statuses)+")")
	}
	return allOf(parts)
}

// passing is cases that pass by a group at some statuses.
type passing struct {
	cases    []subject
	statuses []int
}

// expression is the filter for what passes by among some statuses.
func (p *passing) expression(among []int) string {
	met := common(p.statuses, among)
	if len(met) == len(among) {
		return detailsExpression(p.cases)
	}
	return allOf([]string{detailsExpression(p.cases), statusExpression(met)})
}

// allOf holds when all parts do that are not "".
func allOf(parts []string) string {
	return strings.Join(slices.DeleteFunc(parts, func(part string) bool { return part == "" }), " && ")
}

// detailsExpression asks for the details of one of the cases, "" for any.
func detailsExpression(cases []subject) string {
	var whole, parts []string
	for _, sub := range cases {
		if sub.details == nil {
			return ""
		}
		for _, glob := range sub.details {
			for _, spelling := range spellings(glob) {
				if !strings.Contains(spelling, "*") {
					whole = append(whole, quoted(spelling))
					continue
				}
				part, _ := expressionOf(spelling) // rules that have none are not among the cases
				parts = append(parts, part)
			}
		}
	}
	switch len(whole) {
	case 0:
	case 1:
		parts = append([]string{details + " == " + whole[0]}, parts...)
	default:
		parts = append([]string{details + " in [" + strings.Join(whole, ", ") + "]"}, parts...)
	}
	return anyOf(parts)
}

// expressionOf asks whether the details match a glob. It is not ok when that takes more than the functions of CEL can say.
func expressionOf(glob string) (text string, ok bool) {
	pieces := strings.Split(glob, "*")
	first, last := pieces[0], pieces[len(pieces)-1]
	inner := slices.DeleteFunc(slices.Clone(pieces[1:max(1, len(pieces)-1)]), func(piece string) bool { return piece == "" })
	switch {
	case len(pieces) == 1:
		return details + " == " + quoted(glob), true
	case len(inner) > 1, len(inner) == 1 && (overlap(first, inner[0]) || overlap(inner[0], last)):
		return "", false
	}
	var parts []string
	if first != "" {
		parts = append(parts, details+".startsWith("+quoted(first)+")")
	}
	if len(inner) == 1 {
		parts = append(parts, details+".contains("+quoted(inner[0])+")")
	}
	if last != "" {
		parts = append(parts, details+".endsWith("+quoted(last)+")")
	}
	if first != "" && last != "" {
		parts = append(parts, "size("+details+") >= "+strconv.Itoa(utf8.RuneCountInString(first+last)))
	}
	if len(parts) == 0 {
		return details + ` != ""`, true // "*" matches all details that there are
	}
	return strings.Join(parts, " && "), true
}

// overlap reports whether a text can stand in another one, or begin in it and end behind it: where both occur it is then not sure
// that the second stands behind the first.
func overlap(first, second string) bool {
	if first == "" || second == "" {
		return false
	}
	for i := 1; i <= min(len(first), len(second)); i++ {
		if strings.HasSuffix(first, second[:i]) {
			return true
		}
	}
	return strings.Contains(first, second) || strings.Contains(second, first)
}

// ownerExpression asks for one of some owners, "" for none.
func ownerExpression(owners []string) string {
	var parts []string
	for _, name := range owners {
		parts = append(parts, owner+" == "+quotedBytes(name))
	}
	return anyOf(parts)
}

// statusExpression asks for one of some statuses, which are sorted.
func statusExpression(statuses []int) string {
	var parts, single []string
	for _, r := range ranges(statuses) {
		if r.Low == r.High {
			single = append(single, strconv.Itoa(r.Low))
			continue
		}
		parts = append(parts, status+" >= "+strconv.Itoa(r.Low)+" && "+status+" <= "+strconv.Itoa(r.High))
	}
	switch len(single) {
	case 0:
	case 1:
		parts = append(parts, status+" == "+single[0])
	default:
		parts = append(parts, status+" in ["+strings.Join(single, ", ")+"]")
	}
	return anyOf(parts)
}

// ranges are the ranges that sorted statuses make.
func ranges(statuses []int) []config.StatusRange {
	var all []config.StatusRange
	for _, s := range statuses {
		if last := len(all) - 1; last >= 0 && all[last].High == s-1 {
			all[last].High = s
		} else {
			all = append(all, config.StatusRange{Low: s, High: s})
		}
	}
	return all
}

// anyOf holds when one of the parts does, in brackets where more follows.
func anyOf(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	for i, part := range parts {
		if strings.Contains(part, " && ") {
			parts[i] = "(" + part + ")"
		}
	}
	return "(" + strings.Join(parts, " || ") + ")"
}

// Asks is the filter for a kind of replies, whose details may be a glob of the tables.
func Asks(r Reply) string {
	return expression([]subject{{details: []string{r.Details}}}, r.Statuses, nil)
}
