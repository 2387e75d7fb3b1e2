// SPDX-License-Identifier: Apache-2.0

package main

import (
	"strconv"
	"strings"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
)

// What a script makes of its callback: the values of types.Action, and refuse for on_configure.
const (
	goOn   = 0
	pause  = 1
	refuse = 2
)

// outcome is what the script at work decided.
var outcome int

// arguments are those of the callback at work.
var arguments []string

// run runs a script and logs the answers.
func run(callback, script string) int {
	outcome = goOn
	for line := range strings.SplitSeq(script, "\n") {
		if line == "" {
			continue
		}
		words := split(line)
		operation, ok := operations[words[0]]
		if !ok {
			panic("unknown operation " + line)
		}
		if answer := operation(words[1:]); answer != "" {
			proxywasm.LogInfo(callback + ": " + line + " = " + answer)
		}
	}
	return outcome
}

// split cuts a line into words, which may be Go string literals.
func split(line string) []string {
	var words []string
	for line != "" {
		if quoted, err := strconv.QuotedPrefix(line); err == nil {
			text, _ := strconv.Unquote(quoted) // QuotedPrefix saw that it is one
			words = append(words, text)
			line = strings.TrimPrefix(line[len(quoted):], " ")
			continue
		}
		word, rest, _ := strings.Cut(line, " ")
		words = append(words, word)
		line = rest
	}
	return words
}

// number reads a number of the ABI: maps and buffers have names.
func number(word string) uint32 {
	switch word {
	case "request":
		return 0
	case "response":
		return 2
	case "trailers":
		return 3
	case "body":
		return 1
	case "configuration":
		return 7
	case "end":
		return 1<<31 - 1
	}
	n, err := strconv.ParseInt(word, 10, 64)
	if err != nil {
		panic(err)
	}
	return uint32(n)
}
