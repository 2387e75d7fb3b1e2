// SPDX-License-Identifier: Apache-2.0

package facts

import "strings"

// Attributes are attributes of Envoy that the configuration chooses, by their paths, as Envoy hands them out: without
// type. What is absent or empty is not among them.
type Attributes map[string]string

// pathSeparator stands between the pieces of a path. No key of metadata or filter state has one in it.
const pathSeparator = "\x00"

// AttributePath is the path of an attribute, as in AttributePath("connection", "tls_version").
func AttributePath(pieces ...string) string { return strings.Join(pieces, pathSeparator) }

// AttributePieces are the pieces of a path.
func AttributePieces(path string) []string { return strings.Split(path, pathSeparator) }

// RouteMetadataPath is the path of a value in the metadata of Envoy's route. The first key is the namespace.
func RouteMetadataPath(keys ...string) string {
	return AttributePath("xds", "route_metadata", "filter_metadata", AttributePath(keys...))
}

// MetadataPath is the path of a value in the dynamic metadata: its place is "NAMESPACE/KEY", with more keys behind or none.
func MetadataPath(place string) string {
	return AttributePath("metadata", "filter_metadata", strings.ReplaceAll(place, "/", pathSeparator))
}
