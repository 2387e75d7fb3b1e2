// SPDX-License-Identifier: Apache-2.0

// Command bench measures on a real Envoy what this filter costs, beside the other ways to change error replies. It is what
// "make bench" runs, in the root of the repository, on Linux.
//
//	make bench                                               all, about 15 minutes; text on the terminal, dist/bench.json and .svg
//	make bench QUICK=1                                       three minutes: fewer rounds, no starts, no documents
//	make bench VARIANTS=plugin-*,lua-* SCENARIOS=good,error  what somebody needs who changes the filter
//	make bench PLUGIN=old=/tmp/old.wasm,new=dist/plugin.wasm two builds in one run, as plugin-smallest@old and so on
//	make bench-compare A=docs/performance.json B=dist/bench.json   says which ratios of B are within the spread of A
//
// ROUNDS, PROCESSES, SECONDS, PARTS (load, start, reload) and OUT change the rest. What ENVOY and ENVOY_VERSION do, package envoyrun says.
//
// # How it measures
//
// Each variant (a file in bench/variants) is an Envoy of its own with one worker; all run at once, and one at a time gets
// requests. A round measures every variant in every scenario once, and each round begins with another variant, so that what
// drifts meets all of them. The rounds are spread over several processes of each variant, since where the code and the memory of
// a process lie makes a difference that lasts. Envoys have one core, the generator and the upstream, processes of their own, another one.
//
// The figure to quote is the CPU time that the Envoy process needs for a request: the scheduler's count for all of its
// threads, read before and after, divided by the number of replies. It depends neither on the generator nor on how many
// cores there are. What a variant adds is the difference to the Envoy without a filter in the same round. Processors drift:
// compare figures of one run only, or ratios.
//
// A variant that does not give the replies that its file promises is an error, not a figure: all replies are checked for
// their status and length, and one of each cell byte for byte before anything is measured.
package main
