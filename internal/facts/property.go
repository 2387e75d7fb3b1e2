// SPDX-License-Identifier: Apache-2.0

package facts

import "strings"

// Properties are attributes of Envoy that the configuration chooses, by their paths, as Envoy hands them out: without
// type. What is absent or empty is not among them.
type Properties map[string]string

// pathSeparator stands between the pieces of a path. No key of metadata or filter state has one in it.
const pathSeparator = "\x00"

// PropertyPath is the path of an attribute, as in PropertyPath("connection", "tls_version").
func PropertyPath(pieces ...string) string { return strings.Join(pieces, pathSeparator) }

// PropertyPieces are the pieces of a path.
func PropertyPieces(path string) []string { return strings.Split(path, pathSeparator) }

// RouteMetadataPath is the path of a value in the metadata of Envoy's route. The first key is the namespace.
func RouteMetadataPath(keys ...string) string {
	return PropertyPath("xds", "route_metadata", "filter_metadata", PropertyPath(keys...))
}

// MetadataPath is the path of a value in the dynamic metadata: its place is "NAMESPACE/KEY", with more keys behind or none.
func MetadataPath(place string) string {
	return PropertyPath("metadata", "filter_metadata", strings.ReplaceAll(place, "/", pathSeparator))
}
