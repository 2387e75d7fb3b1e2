// SPDX-License-Identifier: Apache-2.0

package finding

import "gatewayresponses/internal/catalogue"

// Linked is a finding with what explains it, as programs get it.
type Linked struct {
	Finding
	// Link leads to the explanation of its kind.
	Link string `json:"link,omitempty" about:"Where its kind is explained."`
}

// Linked are the findings with what explains them. The list is never nil.
func (l List) Linked() []Linked {
	all := make([]Linked, len(l))
	for i, f := range l {
		all[i].Finding = f
		if f.Code != 0 {
			all[i].Link = catalogue.Link(f.Code)
		}
	}
	return all
}
