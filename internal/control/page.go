// SPDX-License-Identifier: Apache-2.0

package control

import (
	"encoding/base64"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/store"
)

// defaultLimit and maxLimit are how many items a page has, as on AWS.
const (
	defaultLimit = 25
	maxLimit     = 500
)

// pageLimit is how many items a page has at most, 0 being AWS's default.
func pageLimit(limit int) int {
	if limit <= 0 {
		return defaultLimit
	}
	return min(limit, maxLimit)
}

// page reads one page of the records of a kind and scope: those after a position, limit at most, without those that keep refuses.
// next is the position of the page that follows, empty on the last one.
func page[T any](r store.Reader, kind, scope, position string, limit int, keep func(store.Record, *T) bool) (items []T, next string, err error) {
	after, err := base64.RawURLEncoding.DecodeString(position)
	if err != nil {
		return nil, "", apigateway.BadRequest("Invalid position parameter: %s", position)
	}
	limit = pageLimit(limit)
	items = []T{}
	last := string(after)
	for {
		// One more than a page says whether another one follows.
		records, err := r.List(kind, scope, last, limit+1)
		if err != nil {
			return nil, "", err
		}
		for _, record := range records {
			if len(items) == limit {
				return items, base64.RawURLEncoding.EncodeToString([]byte(last)), nil
			}
			last = record.Name
			var item T
			if err := decode(record, &item); err != nil {
				return nil, "", err
			}
			if keep == nil || keep(record, &item) {
				items = append(items, item)
			}
		}
		if len(records) <= limit {
			return items, "", nil
		}
	}
}

// all reads all records of a kind and scope.
func all[T any](r store.Reader, kind, scope string) ([]T, error) {
	records, err := r.List(kind, scope, "", 0)
	if err != nil {
		return nil, err
	}
	items := make([]T, len(records))
	for i, record := range records {
		if err := decode(record, &items[i]); err != nil {
			return nil, err
		}
	}
	return items, nil
}
