// SPDX-License-Identifier: Apache-2.0

package v1

import "strconv"

// Page is a part of a list.
type Page[T any] struct {
	Items []T    `json:"items" about:"A part of the list, in its order."`
	Next  string `json:"next,omitempty" about:"What to send as cursor to get the next part; missing from the last one."`
}

// paging is what operations take that give a part of a list.
type paging struct {
	Cursor string `query:"cursor" about:"Where to go on: next of the part before."`
	Limit  int    `query:"limit" min:"1" max:"500" about:"How many items to give at most; 25 by default."`
}

// paged is a part of a list, in the form of this API.
func paged[From, To any](items []From, next string, to func(From) To) Page[To] {
	part := Page[To]{Items: make([]To, len(items)), Next: next}
	for i, item := range items {
		part.Items[i] = to(item)
	}
	return part
}

// number reads a cursor that is the number of an item.
func number(cursor string) (int64, error) {
	n, err := strconv.ParseInt(cursor, 10, 64)
	if err != nil || n < 1 {
		return 0, badInput("the cursor is none of this list; send next of the part before", nil)
	}
	return n, nil
}
