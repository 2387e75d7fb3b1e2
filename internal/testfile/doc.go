// SPDX-License-Identifier: Apache-2.0

// Package testfile reads test files: exchanges, and what a client must see of each.
//
// A test file stands beside a document and is called NAME.test.yaml, or .yml or .json. It is JSON or YAML, read as documents
// are, with places that lead back to what a person wrote.
//
//	document: gwr.yaml
//	tests:
//	- name: a browser gets a page
//	  request: {path: /pets, headers: {accept: text/html}}
//	  error: THROTTLED
//	  want:
//	    status: 429
//	    headers: {content-type: text/html, retry-after: {regexp: "[0-9]+"}, server: null}
//	    body: {contains: Too Many Requests}
//
// # Keys
//
// document is the document under test, by its path from the folder of the test file, or a list of files that gwr build joins. tests has the tests; their names differ.
// Keys that begin with "x-", and $schema, mean nothing here.
//
// request is "METHOD PATH", or an object: method, path, host, scheme, protocol, headers (a value or a list of values for each
// name), source (the client's address, "ip:port"), time (RFC 3339). Package exchange has the defaults.
//
// error is a gateway response type, which stands for a typical error of the type, or an object: type, details, flags ("UF,URX"),
// status, owner (the filter that sends the reply), headers, body, source ("local" or "upstream").
//
// envoy is what Envoy knows besides: routeName, virtualHost, cluster, upstream (an address), route (what the metadata of Envoy's
// route names), routeDocument (the route document there), routeMetadata and metadata (objects in objects), filterState and
// attributes (values by name).
//
// want is what the client sees, and how it comes about: untouched (true: nobody changes the reply), status, headers, body, type,
// entry, left.
//
// want.headers has for each name the value, a list of the values of all its lines, null for no such header, or an object with one
// of equals, contains, glob (* stands for any text), regexp (all of the value must match), present (true or false).
//
// want.body is the text, or an object with any of equals, json (JSON that is equal, whatever its spaces and the order of its
// keys), paths (values by their paths in the JSON, as gjson writes them), lacks (paths that must not be there), contains (a text
// or several), file (a file that has the body, by its path from the folder of the test file; a
// line break at its end does not count; gwr test --update writes it).
//
// # Compatibility
//
// A test file without findings goes on to mean the same. New keys may come.
package testfile
