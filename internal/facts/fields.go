// SPDX-License-Identifier: Apache-2.0

package facts

// Fields is a set of facts that cost a host call each, so that only those which a configuration uses are read.
type Fields uint16

// One bit for every fact that is read on demand.
const (
	FieldProtocol Fields = 1 << iota
	FieldTime
	FieldSource
	FieldRouteName
	FieldVirtualHost
	FieldCluster
	FieldUpstream
	FieldBody
	FieldRouteEntry
	FieldRouteDocument
)

// Has tells whether all of want are in the set.
func (f Fields) Has(want Fields) bool { return f&want == want }
