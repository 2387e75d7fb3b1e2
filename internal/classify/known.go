// SPDX-License-Identifier: Apache-2.0

package classify

import "gatewayresponses/internal/facts"

// Provenance is the row of the built-in tables that a reply falls under, and why it stands there.
type Provenance struct {
	// Table is the title of the section of docs/classification.md that has the row.
	Table string
	// Row is the pattern of the details, the flag or the status.
	Row string
	// OnlyStatus is the status that a row of details or flags is for, 0 for every one.
	OnlyStatus int
	// Remark says why the row has this type, or what it means; "" where that is plain.
	Remark string
	// Author says who wrote the reply where that decides: "somebody" on purpose, "somebody, if there is a body", "upstream"; else "".
	Author string
}

// ProvenanceOf finds the row that Classify finds. For tools.
func ProvenanceOf(reply *facts.Reply) Provenance {
	if known := find(reply.Details, reply.Status); known != nil {
		return Provenance{familyOf(known).title, known.pattern, known.status, known.remark, known.author.worded()}
	}
	p := Provenance{Table: "Statuses", Row: facts.StatusText(reply.Status)}
	if flagged := findFlag(reply.Flags, reply.Status); flagged != nil {
		p = Provenance{Table: "Flags", Row: flagged.flag, OnlyStatus: flagged.status, Remark: flagged.remark}
	}
	if isUserCode(reply) {
		p.Author = somebody.worded()
	}
	return p
}

// worded is the author for people, "" for Envoy itself.
func (a author) worded() string {
	switch a {
	case somebody:
		return "somebody"
	case somebodyIfBody:
		return "somebody, if there is a body"
	case upstream:
		return "upstream"
	}
	return ""
}

// familyOf is the family that has a row of the table.
func familyOf(r *row) *family {
	for _, f := range table {
		for i := range f.rows {
			if &f.rows[i] == r {
				return f
			}
		}
	}
	return nil
}

// Rows are the rows of the table of details, in the order in which they are asked. For tools.
func Rows() []Provenance {
	var rows []Provenance
	for _, f := range table {
		for i := range f.rows {
			r := &f.rows[i]
			rows = append(rows, Provenance{f.title, r.pattern, r.status, r.remark, r.author.worded()})
		}
	}
	return rows
}
