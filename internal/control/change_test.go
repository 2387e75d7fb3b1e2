// SPDX-License-Identifier: Apache-2.0

package control

import (
	"errors"
	"strings"
	"testing"

	"gatewayresponses/internal/store"
)

// TestRecordTooLarge holds that a record does not grow without end, and that nothing of the change remains.
func TestRecordTooLarge(t *testing.T) {
	w := newWorld(t)
	key := store.Key{Kind: "thing", Name: "large"}
	err := w.change(w.Context(), w.by, "Grow", func(t *change) error {
		if err := t.insert(key, "", strings.Repeat("a", maxRecordSize-2)); err != nil {
			return err
		}
		return t.update(key, "", strings.Repeat("a", maxRecordSize-1))
	})
	w.refused(err, "LimitExceededException: The thing large would have 8388609 bytes, and 8388608 is the most")
	err = w.store.View(w.Context(), func(r store.Reader) error {
		_, err := r.Get(key)
		return err
	})
	if !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the record: %v", err)
	}
}
