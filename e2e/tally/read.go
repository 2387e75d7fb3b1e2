// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"gatewayresponses/e2e/envoytest"
)

// event is a line of "go test -json"; see "go doc test2json".
type event struct {
	Action, Package, Test string
	Output                string
	Key, Value            string
}

// test is one test, or a subtest.
type test struct {
	pkg, name string
	// parent reports whether it has subtests.
	parent bool
	// result is how it ended: pass, fail or skip; "" when it did not.
	result string
	// leftOut is why it was left out.
	leftOut string
	// counts are what it has counted itself.
	counts []string
	output strings.Builder
}

// tally is what was read.
type tally struct {
	// tests are all tests, in the order in which they began; the test "" of a package is the package.
	tests []*test
	byKey map[[2]string]*test
}

// read reads all events.
func read(events io.Reader) (*tally, error) {
	t := &tally{byKey: map[[2]string]*test{}}
	decoder := json.NewDecoder(events)
	for {
		var e event
		err := decoder.Decode(&e)
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, fmt.Errorf("this is not what go test -json writes: %w", err)
		}
		if e.Package != "" {
			t.add(e)
		}
	}
}

// add takes an event.
func (t *tally) add(e event) {
	of := t.test(e.Package, e.Test)
	switch e.Action {
	case "pass", "fail", "skip":
		of.result = e.Action
	case "output":
		of.output.WriteString(e.Output)
	case "attr":
		switch e.Key {
		case envoytest.LeftOut:
			of.leftOut = e.Value
		case envoytest.Count:
			of.counts = append(of.counts, e.Value)
		}
	}
}

// test finds a test, and begins it when it is new.
func (t *tally) test(pkg, name string) *test {
	key := [2]string{pkg, name}
	if found := t.byKey[key]; found != nil {
		return found
	}
	begun := &test{pkg: pkg, name: name}
	t.byKey[key] = begun
	t.tests = append(t.tests, begun)
	for i := range name { // a name can have a slash of its own
		if above := t.byKey[[2]string{pkg, name[:i]}]; name[i] == '/' && above != nil {
			above.parent = true
		}
	}
	return begun
}
