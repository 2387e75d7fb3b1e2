// SPDX-License-Identifier: Apache-2.0

//go:build module

package main

/*
#include "bridge.h"
*/
import "C"

import (
	"runtime"
	"strings"
	"unsafe"

	"gatewayresponses/internal/facts"
	"gatewayresponses/module/internal/filter"
)

// view is a text of C without a copy: it is good as long as the text is.
func view(t C.gwr_text) string { return unsafe.String((*byte)(unsafe.Pointer(t.at)), int(t.length)) }

// copied is a copy of a text of C.
func copied(t C.gwr_text) string { return strings.Clone(view(t)) }

// textOf is a text of Go for a call of C, which does not keep it.
func textOf(text string) C.gwr_text {
	return C.gwr_text{at: (*C.char)(unsafe.Pointer(unsafe.StringData(text))), length: C.size_t(len(text))}
}

// pinner keeps texts of Go where they are while C has the memory that they stand in.
type pinner struct{ runtime.Pinner }

// text is a text for C that stays where it is.
func (p *pinner) text(text string) C.gwr_text {
	if text != "" {
		p.Pin(unsafe.StringData(text))
	}
	return textOf(text)
}

// appendViews appends header lines of C without a copy of their texts.
func appendViews(headers facts.Headers, lines *C.gwr_header, count C.size_t) facts.Headers {
	for _, line := range unsafe.Slice(lines, int(count)) {
		headers = append(headers, facts.Header{
			Name:  unsafe.String((*byte)(unsafe.Pointer(line.name)), int(line.name_length)),
			Value: unsafe.String((*byte)(unsafe.Pointer(line.value)), int(line.value_length)),
		})
	}
	return headers
}

// logLine writes a line to Envoy's log.
func logLine(level filter.Level, line string) {
	C.envoy_dynamic_module_callback_log(C.int(level), textOf(line))
	runtime.KeepAlive(line)
}
