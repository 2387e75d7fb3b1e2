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

// TestUnseen: what comes before the chain of filters, or behind it, no filter sees; a row may say so for some statuses alone.
func TestUnseen(t *testing.T) {
	for _, tc := range []struct {
		details string
		status  int
		want    bool
	}{
		{"missing_host_header", 400, true},
		{"http.invalid_path", 400, true},
		{"upgrade_failed", 403, true},
		{"grpc_json_transcode_failure{INVALID_ARGUMENT}", 400, false},
		{"grpc_json_transcode_failure{INTERNAL}", 502, true},
		{"grpc_json_transcode_failure{request_buffer_size_limit_reached}", 413, false},
		{"http1.codec_error", 400, false},
		{"route_not_found", 404, false},
		{"", 500, false},
	} {
		if got := Unseen(tc.details, tc.status); got != tc.want {
			t.Errorf("Unseen(%q, %d) = %t", tc.details, tc.status, got)
		}
	}
}
