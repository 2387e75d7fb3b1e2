// SPDX-License-Identifier: Apache-2.0

package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// limits are what a module is held to.
type limits struct {
	callbacks callbacks
	// glibc is the newest that may be asked for; zero: any.
	glibc version
}

// glibcLibraries are what every image that runs Envoy has beside it, as Envoy needs them itself.
var glibcLibraries = []string{"libc.so.6", "libpthread.so.0", "libdl.so.2", "libm.so.6", "librt.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}

// check returns all that is wrong with a module, as the rest of a sentence that begins with its name.
func (w limits) check(l library) []string {
	var findings []string
	for _, name := range slices.Sorted(maps.Keys(l.calls)) {
		if finding := w.checkCall(name, l.calls[name]); finding != "" {
			findings = append(findings, finding)
		}
	}
	for _, name := range requiredHooks {
		if !slices.Contains(l.hooks, name) {
			findings = append(findings, "does not define "+hookPrefix+name+", without which Envoy refuses the filter")
		}
	}
	for _, name := range l.hooks {
		if !slices.Contains(requiredHooks, name) && !slices.Contains(optionalHooks, name) {
			findings = append(findings, "defines "+hookPrefix+name+", which Envoy never calls for an HTTP filter")
		}
	}
	if !l.bindsNow {
		findings = append(findings, "is not linked with -z now: an Envoy without one of the callbacks would end at the first call")
	}
	for _, name := range l.needs {
		if !slices.Contains(glibcLibraries, name) {
			findings = append(findings, "needs "+name+", which stands in no image of Envoy; want none but those of glibc")
		}
	}
	if w.glibc != (version{}) {
		findings = append(findings, w.checkGlibc(l)...)
	}
	return findings
}

// checkCall says what is wrong with a call of a callback.
func (w limits) checkCall(name string, weak bool) string {
	lacking := w.callbacks.lacking(name)
	switch {
	case len(lacking) == len(w.callbacks.envoys):
		return fmt.Sprintf("calls %s%s, which no supported Envoy exports: %s", callbackPrefix, name, strings.Join(lacking, ", "))
	case len(lacking) > 0 && !weak:
		return fmt.Sprintf("calls %s%s, which Envoy %s does not export; declare it weak, and ask whether it is there", callbackPrefix, name, strings.Join(lacking, ", "))
	case len(lacking) == 0 && weak:
		return fmt.Sprintf("calls %s%s as a weak symbol, though every supported Envoy exports it; let it be missed when the module is loaded", callbackPrefix, name)
	}
	return ""
}

// checkGlibc names what is newer than the limit.
func (w limits) checkGlibc(l library) []string {
	var findings []string
	for v, symbol := range l.glibc {
		if v.newer(w.glibc) {
			findings = append(findings, fmt.Sprintf("asks for glibc %s, of which it takes %s; want %s at most", v, symbol, w.glibc))
		}
	}
	slices.Sort(findings)
	return findings
}
