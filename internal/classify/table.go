// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"strings"

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

// find returns the first row that matches, nil when the table does not know the details.
func find(details string, status int) *row {
	details = printed(details)
	for _, family := range table {
		for i := range family.rows {
			r := &family.rows[i]
			if (r.status == 0 || r.status == status) && glob.Match(r.pattern, details) {
				return r
			}
		}
	}
	return nil
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
