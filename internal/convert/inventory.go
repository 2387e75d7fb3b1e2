// SPDX-License-Identifier: Apache-2.0

package convert

import (
	"cmp"
	"fmt"
	"io"
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/listing"
)

// Nothing is Raised.By where no filter of Envoy raises such errors.
const Nothing = "nothing raises it yet"

// Raised is a type of error that something in the source raises.
type Raised struct {
	// Type is the gateway response type, "" for errors that have none.
	Type config.ResponseType `json:"type,omitempty"`
	// Feature is what raises it there: "a Lambda authorizer".
	Feature string `json:"feature"`
	// Places say so, in the order of the source, and More is how many others do.
	Places []finding.Place `json:"places"`
	More   int             `json:"more,omitempty"`
	// By is the filter of Envoy that must raise it here, and how, or Nothing.
	By string `json:"by"`
}

// maxPlaces is how many places of a type and a feature are told one by one.
const maxPlaces = 1000

// raisedAt is a row of the inventory and a place that says so: aliases of YAML lead to a place several times.
type raisedAt struct {
	row int
	at  tree.Place
}

// Raise notes that a feature of the source raises errors of a type.
func (r *Result) Raise(t config.ResponseType, feature, by string, at tree.Place) {
	i := slices.IndexFunc(r.Inventory, func(known Raised) bool { return known.Type == t && known.Feature == feature })
	if i < 0 {
		i = len(r.Inventory)
		r.Inventory = append(r.Inventory, Raised{Type: t, Feature: feature, By: by})
	}
	raised := &r.Inventory[i]
	said := raisedAt{i, at}
	switch {
	case r.raised[said]:
	case len(raised.Places) >= maxPlaces:
		raised.More++
	default:
		raised.Places = append(raised.Places, at.Finding())
	}
	if r.raised == nil {
		r.raised = map[raisedAt]bool{}
	}
	r.raised[said] = true
}

// SortInventory puts the inventory in the order of the types.
func (r *Result) SortInventory() {
	slices.SortStableFunc(r.Inventory, func(a, b Raised) int {
		return cmp.Or(cmp.Compare(a.Type, b.Type), cmp.Compare(a.Feature, b.Feature))
	})
}

// WriteInventory writes an inventory as a table for people, one row for each type and feature, with the first of its places.
func WriteInventory(w io.Writer, inventory []Raised) error {
	if len(inventory) == 0 {
		return nil
	}
	table := [][]string{{"TYPE", "RAISED THERE BY", "AT", "HERE BY"}}
	for _, r := range inventory {
		at := r.Places[0].String()
		if more := len(r.Places) - 1 + r.More; more > 0 {
			at += fmt.Sprintf(" (and %d more)", more)
		}
		table = append(table, []string{cmp.Or(string(r.Type), "-"), r.Feature, at, r.By})
	}
	_, err := io.WriteString(w, "\n"+listing.Table("", table))
	return err
}
