// SPDX-License-Identifier: Apache-2.0

package convert

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/finding"
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

// Raise notes that a feature of the source raises errors of a type.
func (r *Result) Raise(t config.ResponseType, feature, by string, at tree.Place) {
	i := slices.IndexFunc(r.Inventory, func(known Raised) bool { return known.Type == t && known.Feature == feature })
	if i < 0 {
		i = len(r.Inventory)
		r.Inventory = append(r.Inventory, Raised{Type: t, Feature: feature, By: by})
	}
	raised := &r.Inventory[i]
	place := at.Finding()
	switch {
	case len(raised.Places) >= maxPlaces:
		raised.More++
	case !slices.Contains(raised.Places, place):
		raised.Places = append(raised.Places, place)
	}
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
	var b strings.Builder
	b.WriteString("\nTYPE\tRAISED THERE BY\tAT\tHERE BY\n")
	for _, r := range inventory {
		responseType := string(r.Type)
		if responseType == "" {
			responseType = "-"
		}
		at := r.Places[0].String()
		if more := len(r.Places) - 1 + r.More; more > 0 {
			at += fmt.Sprintf(" (and %d more)", more)
		}
		fmt.Fprintf(&b, "%s\t%s\t%s\t%s\n", responseType, r.Feature, at, r.By)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := io.WriteString(table, b.String()); err != nil {
		return err
	}
	return table.Flush()
}
