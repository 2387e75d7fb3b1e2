// SPDX-License-Identifier: Apache-2.0

// Package filter is the filter without Envoy's ABI: it loads documents, decides on errors, and writes what is to be done to a reply as a
// list of records (package wire). The command module connects it to Envoy.
//
// A Process is what all filters of one Envoy share. Envoy loads filters on its main thread and calls them on all workers at once, so a
// Filter does not change once it is loaded, and the Process has locks.
//
//	process.go   what filters share: the log, the last good documents, how many are invalid
//	load.go      a document becomes a Filter
//	decide.go    an error becomes a list of records
//	quoting.go   a body that quotes the original one is put together
//	counters.go  counters and gauges
//	log.go       lines, and how often
package filter
