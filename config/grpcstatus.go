// SPDX-License-Identifier: Apache-2.0

package config

import (
	"slices"
	"strconv"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/quote"
)

// GRPCStatus is a status code of gRPC, 0 to 16.
type GRPCStatus int

// grpcStatusNames are the names of the status codes, by number. Source: https://grpc.github.io/grpc/core/md_doc_statuscodes.html
var grpcStatusNames = []string{
	"OK",
	"CANCELLED",
	"UNKNOWN",
	"INVALID_ARGUMENT",
	"DEADLINE_EXCEEDED",
	"NOT_FOUND",
	"ALREADY_EXISTS",
	"PERMISSION_DENIED",
	"RESOURCE_EXHAUSTED",
	"FAILED_PRECONDITION",
	"ABORTED",
	"OUT_OF_RANGE",
	"UNIMPLEMENTED",
	"INTERNAL",
	"UNAVAILABLE",
	"DATA_LOSS",
	"UNAUTHENTICATED",
}

// unknownGRPCStatus is UNKNOWN.
const unknownGRPCStatus GRPCStatus = 2

// ParseGRPCStatus reads the header grpc-status. What is no status code is UNKNOWN, as clients take it.
func ParseGRPCStatus(number string) GRPCStatus {
	if status, ok := numberedGRPCStatus(number); ok {
		return status
	}
	return unknownGRPCStatus
}

// numberedGRPCStatus finds the status that Number writes as digits.
func numberedGRPCStatus(digits string) (GRPCStatus, bool) {
	n, err := strconv.Atoi(digits)
	status := GRPCStatus(n)
	known := err == nil && 0 <= n && n < len(grpcStatusNames) && status.Number() == digits
	return status, known
}

// GRPCStatuses are all status codes, in the order of their numbers.
func GRPCStatuses() []GRPCStatus {
	all := make([]GRPCStatus, len(grpcStatusNames))
	for i := range all {
		all[i] = GRPCStatus(i)
	}
	return all
}

// String is the name of the status, "RESOURCE_EXHAUSTED".
func (s GRPCStatus) String() string { return grpcStatusNames[s] }

// Number is the status as the header grpc-status holds it, "8".
func (s GRPCStatus) Number() string { return strconv.Itoa(int(s)) }

// grpcStatus reads a status, written as a name or as an integer.
func (d *decoder) grpcStatus(key Text) (GRPCStatus, bool) {
	found, ok := d.Literal(key)
	if !ok {
		return 0, false
	}
	var status GRPCStatus
	switch found.Kind() {
	case '0':
		status, ok = numberedGRPCStatus(found.Raw())
	case '"':
		at := slices.Index(grpcStatusNames, found.Unquoted())
		status, ok = GRPCStatus(at), at >= 0
	default:
		d.WrongType(key, found, `a gRPC status such as "UNAVAILABLE"`)
		return 0, false
	}
	if !ok {
		d.Report(code.UnknownGRPCStatus, Error, found.Offset, found.Shown()+" is not a gRPC status"+d.adviseGRPCStatus(found))
	}
	return status, ok
}

// adviseGRPCStatus says what to write in the place of an unknown status.
func (d *decoder) adviseGRPCStatus(found jsonread.Literal) string {
	if found.Kind() == '0' {
		return "; use 0 to 16, or a name such as \"UNAVAILABLE\""
	}
	written := found.Unquoted()
	if status, ok := numberedGRPCStatus(written); ok {
		return "; did you mean " + quote.Text(status.String()) + "?"
	}
	if meant, ok := d.Meant(written, grpcStatusNames); ok {
		return "; did you mean " + quote.Text(meant) + "?"
	}
	return "; use " + jsonread.Listed(grpcStatusNames)
}

// grpcStatusList reads a list of gRPC statuses.
func (d *decoder) grpcStatusList(key Text) []GRPCStatus {
	var all []GRPCStatus
	d.List(key, func(element Text) {
		if status, ok := d.grpcStatus(element); ok {
			all = append(all, status)
		}
	})
	return all
}
