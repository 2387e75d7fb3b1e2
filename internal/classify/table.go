// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// family is the rows about one subject, a section of the page.
type family struct {
	title string
	// about introduces the section.
	about string
	rows  []row
}

// table is the whole table, in order. Where patterns overlap, the finer one comes first, sometimes in a family before.
var table = [...]*family{
	&upstreams,
	&deliberate,
	&tokens,
	&passwords,
	&apiKeys,
	&logins,
	&authorization,
	&limits,
	&routes,
	&timeouts,
	&failures,
	&bodies,
	&parameters,
	&protocol,
	&filters,
}

// byFirst has the rows of the table, in its order, by the first byte of their patterns: none begins with a star.
var byFirst = func() (rows [256][]*row) {
	for _, family := range table {
		for i := range family.rows {
			r := &family.rows[i]
			rows[r.pattern[0]] = append(rows[r.pattern[0]], r)
		}
	}
	return rows
}()

// find returns the first row that matches, nil when the table does not know the details.
func find(details string, status int) *row {
	if details == "" {
		return nil
	}
	details = printed(details)
	for _, r := range byFirst[details[0]] {
		if (r.status == 0 || r.status == status) && glob.Match(r.pattern, details) {
			return r
		}
	}
	return nil
}

// findFlag returns the first row whose flag is set, nil when no flag names a type.
func findFlag(flags facts.Flags, status int) *flagRow {
	for i := range flagTable {
		r := &flagTable[i]
		if flags.Has(r.bit) && (r.status == 0 || r.status == status) {
			return r
		}
	}
	return nil
}

// byStatus is the type when nothing but the status is known.
func byStatus(status int) config.ResponseType {
	for _, row := range statuses {
		if row.status == status {
			return row.responseType
		}
	}
	return config.FamilyOf(status)
}

// whiteSpace is what access logs print as "_". Source: StringUtil::replaceAllEmptySpace.
const whiteSpace = " \t\f\v\n\r"

// printed is the details as access logs print them.
func printed(details string) string {
	if !strings.ContainsAny(details, whiteSpace) {
		return details
	}
	text := []byte(details)
	for i, c := range text {
		if strings.IndexByte(whiteSpace, c) >= 0 {
			text[i] = '_'
		}
	}
	return string(text)
}
