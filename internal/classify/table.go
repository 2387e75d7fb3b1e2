// SPDX-License-Identifier: Apache-2.0

package classify

import (
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

// candidate is a row and its pattern, parsed.
type candidate struct {
	glob glob.Pattern
	row  *row
}

// byFirst has the rows of the table, in its order, by the first byte of their patterns: none begins with a star.
var byFirst = func() (rows [256][]candidate) {
	for _, family := range table {
		for i := range family.rows {
			r := &family.rows[i]
			rows[r.pattern[0]] = append(rows[r.pattern[0]], candidate{glob.Parse(r.pattern), r})
		}
	}
	return rows
}()

// upstreamDetails are the details of the upstream's own replies.
var upstreamDetails []glob.Pattern

// init finds out what the tables do not say. Calls between the tables would make Go build those behind them by code, 20 KB of it.
func init() {
	for i := range upstreams.rows {
		upstreamDetails = append(upstreamDetails, glob.Parse(upstreams.rows[i].pattern))
	}
	for i := range flagTable {
		flagTable[i].bit = facts.ParseFlag(flagTable[i].flag)
	}
	delayInjected = facts.ParseFlag("DI")
}

// find returns the first row that matches, nil when the table does not know the details.
func find(details string, status int) *row {
	if details == "" {
		return nil
	}
	details = printed(details)
	rows := byFirst[details[0]]
	for i := range rows {
		if c := &rows[i]; c.glob.Match(details) && (c.row.status == 0 || c.row.status == status) {
			return c.row
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

// isWhiteSpace reports whether access logs print a byte as "_". Source: StringUtil::replaceAllEmptySpace.
func isWhiteSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// printed is the details as access logs print them.
func printed(details string) string {
	for i := range len(details) {
		if isWhiteSpace(details[i]) {
			return withoutWhiteSpace(details)
		}
	}
	return details
}

// withoutWhiteSpace is text with "_" for all white space.
func withoutWhiteSpace(text string) string {
	underscored := []byte(text)
	for i, c := range underscored {
		if isWhiteSpace(c) {
			underscored[i] = '_'
		}
	}
	return string(underscored)
}
