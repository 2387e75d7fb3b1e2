// SPDX-License-Identifier: Apache-2.0

// Package typetable lists which error of Envoy has which gateway response type, and how that is known: the tables of package
// classify, with the facts that stand behind them, as data for tools.
//
// table.json is written by the test of package classify that writes docs/classification.md.
package typetable

import (
	_ "embed" // table.json
	"encoding/json"
)

// Table is what docs/classification.md shows.
type Table struct {
	// Details are the rows of response code details, in the order in which they are asked.
	Details []Details `json:"details"`
	// Flags are those that name a type where no row knows the details, in their order, and SilentFlags those that name none.
	Flags       []Flag       `json:"flags"`
	SilentFlags []SilentFlag `json:"silentFlags"`
	// Statuses are those that name a type where no flag does.
	Statuses []Status `json:"statuses"`
}

// Details is a row of response code details.
type Details struct {
	// Family is the heading that the row stands under.
	Family string `json:"family"`
	// Pattern is a glob on the details, with "_" for white space.
	Pattern string `json:"pattern"`
	// Status is the only status that the row is for, 0 for any.
	Status int `json:"status,omitempty"`
	Types
	// Broader is the type whose entry answers when the type itself has none, "" for none.
	Broader string `json:"broader,omitempty"`
	// Left says when such replies are left, because somebody wrote them: "always", "withBody", or "" for never.
	Left string `json:"left,omitempty"`
	// SentBy names the filters that send such replies.
	SentBy []string `json:"sentBy"`
	// Seen says whether a filter at the head of the chain sees them: "yes", "some" or "no".
	Seen string `json:"seen"`
	// Proven says which versions of Envoy sent such replies to a test, or why the row is known from Envoy's source alone.
	Proven string `json:"proven"`
	Remark string `json:"remark,omitempty"`
}

// Types are the types of one cause.
type Types struct {
	// Type is that without "emulate": "" for that of the status, and DEFAULT_* for DEFAULT_4XX or DEFAULT_5XX.
	Type string `json:"type"`
	// AWS is the type with "emulate": "aws".
	AWS string `json:"aws"`
}

// Flag is a response flag that names a type.
type Flag struct {
	Flag   string `json:"flag"`
	Status int    `json:"status,omitempty"`
	Types
	Remark string `json:"remark"`
}

// SilentFlag is a response flag that names no type.
type SilentFlag struct {
	Flag string `json:"flag"`
	Why  string `json:"why"`
}

// Status is a status that names a type.
type Status struct {
	Status int    `json:"status"`
	Type   string `json:"type"`
}

//go:embed table.json
var table []byte

// Read is the table.
func Read() (Table, error) {
	var t Table
	err := json.Unmarshal(table, &t)
	return t, err
}
