// SPDX-License-Identifier: Apache-2.0

// Command bench measures on a real Envoy what this filter costs, beside the other ways to change error replies. It is what
// "make bench" runs, in the root of the repository, on Linux.
//
//	make bench                                                    all, about 25 minutes; text on the terminal, dist/bench.json and .svg
//	make bench QUICK=1                                            three minutes: fewer rounds, no starts, no documents
//	make bench VARIANTS='plugin-*,lua-*' SCENARIOS=good,error     what somebody needs who changes the filter
//	make bench PLUGIN=old=/tmp/old.wasm,new=dist/plugin.wasm      two builds in one run, as plugin-smallest@old and so on
//	make bench PARTS=control                                      what gwrd takes, on SQLite and on PostgreSQL
//	make bench-compare A=docs/performance.json B=dist/bench.json  says which ratios of B are within the spread of A
//
// ROUNDS, PROCESSES, SECONDS, PARTS (load, start, reload, tools, control) and OUT change the rest. What ENVOY and ENVOY_VERSION do, package envoyrun says.
//
// # How it measures
//
// docs/performance.md says it, under Method. In short: each variant (a file in bench/variants) is an Envoy of its own; all run at once, and one
// at a time gets requests. A round measures every variant in every scenario once. A variant that does not give the replies that its file
// promises, or that logs errors, is an error of the run, not a figure.
package main
