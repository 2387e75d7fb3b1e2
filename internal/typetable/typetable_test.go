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

// TestUnseen: what comes before the chain of filters, or behind it, no filter sees, but for the module, which sees the former; a row may
// say so for some statuses alone.
func TestUnseen(t *testing.T) {
	for _, tc := range []struct {
		details     string
		status      int
		want, early bool
	}{
		{"missing_host_header", 400, true, false},
		{"http.invalid_path", 400, true, false},
		{"upgrade_failed", 403, true, false},
		{"grpc_json_transcode_failure{INVALID_ARGUMENT}", 400, false, false},
		{"grpc_json_transcode_failure{INTERNAL}", 502, true, true},
		{"grpc_json_transcode_failure{request_buffer_size_limit_reached}", 413, false, false},
		{"http1.codec_error", 400, false, false},
		{"route_not_found", 404, false, false},
		{"", 500, false, false},
	} {
		if got := Unseen(tc.details, tc.status, false); got != tc.want {
			t.Errorf("Unseen(%q, %d, false) = %t", tc.details, tc.status, got)
		}
		if got := Unseen(tc.details, tc.status, true); got != tc.early {
			t.Errorf("Unseen(%q, %d, true) = %t", tc.details, tc.status, got)
		}
	}
}
