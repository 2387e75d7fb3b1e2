// SPDX-License-Identifier: Apache-2.0

// Package config reads the document that says what clients see instead of Envoy's own error replies.
//
// docs/document.md is the reference of its keys, and docs/document.schema.json their JSON Schema. Both are made of the
// manual in this package, see Objects; the tables in keys.go are what documents are read with.
//
// Decode reads a document strictly. It reports everything that is wrong at once, each finding with its path, its line and
// its column, quotes what it found, and says what would be right. What variables and templates mean is checked by whoever
// compiles the document, and reported in the same form by Document.Finding.
//
// # Severity
//
// An error refuses the document. A warning does not: what it is about has no effect. Errors are all that could mean
// something else than it seems to: what is not JSON, unknown and duplicate keys, wrong types, values that are none.
// A syntax error ends the findings.
//
// With emulate "aws", of the document or of a route, what AWS takes or publishes inside gatewayResponses is a warning at
// most, and read as it is meant where it means something. Errors are then only wrong types, limits, duplicate keys, and
// what is wrong in keys of ours. docs/aws.md has the list.
//
// # Header mappings
//
// The grammar of responseParameters is that of internal/grammar, which checks all strings of HTTP. response.header.NAME is
// for mappings alone. With a "$" in a template, where it would be text, it is an error unless emulate is "aws".
//
// # Globs and path templates
//
// In a glob * stands for any text, and everything else for itself, case included. It is compared with the whole text. In
// hosts a "*." in front stands for one or more labels; in origins a * stands for any text within host or port. Path
// templates are those of internal/pathtemplate.
//
// # Differences to AWS
//
// gatewayResponses takes what AWS's OpenAPI extension x-amazon-apigateway-gateway-responses holds, byte for byte.
// Beyond that, headers, response.header.NAME, types of one's own and integer statuses are ours, and a header name is any
// token, where AWS allows letters, digits and . _ $ - alone. AWS takes statuses from 100 to 599; below 200 they are errors
// here, for a client of HTTP/1 waits for another status behind them.
//
// # Compatibility
//
// A document without findings goes on to mean the same in every later release that reads its version. New keys may come;
// they are errors in releases that do not know them, so that no release ever runs half a document. The texts of findings
// may change.
package config
