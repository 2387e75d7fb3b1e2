// SPDX-License-Identifier: Apache-2.0

package main

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// text says what went wrong, and then of each package how many tests ran.
func (t *tally) text() string {
	var b strings.Builder
	for _, one := range t.tests {
		if one.result == "fail" || one.unexplained() || one.result == "" {
			fmt.Fprintf(&b, "%s %s: %s\n%s", one.pkg, one.name, one.ending(), one.output.String())
		}
	}
	for _, pkg := range t.packages() {
		ran, all, reasons := t.count(pkg)
		fmt.Fprintf(&b, "%s: %d of %d tests ran\n", pkg, ran, all)
		for _, reason := range slices.Sorted(maps.Keys(reasons)) {
			fmt.Fprintf(&b, "  %d left out: %s\n", reasons[reason], reason)
		}
		for _, one := range t.tests {
			for _, count := range one.counts {
				if one.pkg == pkg {
					fmt.Fprintf(&b, "  %s\n", count)
				}
			}
		}
	}
	return b.String()
}

// packages are those that had tests, in order.
func (t *tally) packages() []string {
	var all []string
	for _, one := range t.tests {
		if one.name != "" && !slices.Contains(all, one.pkg) {
			all = append(all, one.pkg)
		}
	}
	return all
}

// count counts the tests of a package that have no subtests, and of those that were left out how many for which reason.
func (t *tally) count(pkg string) (ran, all int, reasons map[string]int) {
	reasons = map[string]int{}
	for _, one := range t.tests {
		if one.pkg != pkg || one.name == "" || one.parent {
			continue
		}
		all++
		switch {
		case one.result != "skip":
			ran++
		case one.leftOut != "":
			reasons[one.leftOut]++
		}
	}
	return ran, all, reasons
}

// unexplained reports whether a test was skipped for no reason of the table. A package without tests is skipped, too.
func (t *test) unexplained() bool { return t.result == "skip" && t.leftOut == "" && t.name != "" }

// ending words how a test ended that is no good.
func (t *test) ending() string {
	switch t.result {
	case "skip":
		return "skipped, and the table of envoytest has no reason"
	case "":
		return "did not end"
	}
	return "failed"
}

// verdict is the error that the tests end with.
func (t *tally) verdict() error {
	if len(t.packages()) == 0 {
		return errors.New("there were no tests")
	}
	bad := 0
	for _, one := range t.tests {
		if one.result == "fail" || one.result == "" || one.unexplained() {
			bad++
		}
	}
	if bad > 0 {
		return fmt.Errorf("%d tests and packages are not as they should be", bad)
	}
	return nil
}
