// SPDX-License-Identifier: Apache-2.0

// Package variant reads the variants: what is measured, one file each in bench/variants.
//
// A file holds fields of Envoy's HttpConnectionManager, in YAML. http_filters must be the last of them: it goes on with the
// filters that all variants share. Before the fields stand comments. Those of the form "# key: value" say what the file is:
//
//	title     what tables call it
//	does      what becomes of Envoy's own errors, see Job
//	document  the file in bench/documents whose text $document stands for
//	reload    "yes": a new $document while requests are served is measured, too. The first entry of http_filters is the one
//	          that gets it
//	skip      "SCENARIO, SCENARIO: why": what the variant is not measured in
//
// A word with "$" in front stands for something that is known when the measurements run: $plugin, $native, $noop, $minimal
// and $sdkminimal for the paths of modules, $document for a document as a string.
package variant
