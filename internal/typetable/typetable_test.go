// SPDX-License-Identifier: Apache-2.0

package typetable

import "testing"

func TestRead(t *testing.T) {
	table, err := Read()
	if err != nil {
		t.Fatal(err)
	}
	if len(table.Details) < 100 || len(table.Flags) < 10 || len(table.SilentFlags) < 5 || len(table.Statuses) < 5 {
		t.Errorf("%d rows of details, %d flags, %d without a type, %d statuses; want all of docs/classification.md",
			len(table.Details), len(table.Flags), len(table.SilentFlags), len(table.Statuses))
	}
}
