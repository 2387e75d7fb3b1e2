// SPDX-License-Identifier: Apache-2.0

package main

import (
	"os"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/proxy-wasm/proxy-wasm-go-sdk/proxywasm"
)

// operations by name. They return the answer to log, "" for none.
var operations = map[string]func(words []string) string{
	"get-header": func(w []string) string {
		return fetched(func(d, n ptr) uint32 { return getHeader(number(w[0]), w[1], d, n) })
	},
	"get-headers": func(w []string) string {
		return fetched(func(d, n ptr) uint32 { return getHeaders(number(w[0]), d, n) })
	},
	"headers-size": func(w []string) string {
		var size uint32
		return withNumber(getHeadersSize(number(w[0]), &size), uint64(size))
	},
	"set-headers":    func(w []string) string { return status(setHeaders(number(w[0]), pairs(w[1:]))) },
	"flood-headers":  func(w []string) string { return status(setHeaders(number(w[0]), flood(number(w[1])))) },
	"add-header":     func(w []string) string { return status(addHeader(number(w[0]), w[1], w[2])) },
	"replace-header": func(w []string) string { return status(replaceHeader(number(w[0]), w[1], w[2])) },
	"remove-header":  func(w []string) string { return status(removeHeader(number(w[0]), w[1])) },
	"get-buffer": func(w []string) string {
		return fetched(func(d, n ptr) uint32 { return getBuffer(number(w[0]), number(w[1]), number(w[2]), d, n) })
	},
	"set-buffer": func(w []string) string {
		return status(setBuffer(number(w[0]), number(w[1]), number(w[2]), w[3]))
	},
	"get-property": func(w []string) string {
		return fetched(func(d, n ptr) uint32 { return getProperty(strings.Join(w, "\x00"), d, n) })
	},
	"set-property": func(w []string) string { return status(setProperty(w[0], w[1])) },
	"send": func(w []string) string {
		return status(send(number(w[0]), w[1], w[2], pairs(w[4:]), int32(number(w[3]))))
	},
	"flood-send": func(w []string) string { return status(send(number(w[0]), "", "", flood(number(w[1])), -1)) },
	"get-shared": func(w []string) string {
		var cas uint32
		answer := fetched(func(d, n ptr) uint32 { return getShared(w[0], d, n, &cas) })
		return answer + " " + strconv.Itoa(int(cas))
	},
	"refuse-if-shared": func(w []string) string {
		answer := fetched(func(d, n ptr) uint32 { return getShared(w[0], d, n, new(uint32)) })
		if strings.HasPrefix(answer, "ok") {
			outcome = refuse
		}
		return ""
	},
	"set-shared": func(w []string) string { return status(setShared(w[0], w[1], number(w[2]))) },
	"define": func(w []string) string {
		var id uint32
		return withNumber(define(number(w[0]), w[1], &id), uint64(id))
	},
	"increment": func(w []string) string { return status(increment(number(w[0]), int64(int32(number(w[1]))))) },
	"record":    func(w []string) string { return status(record(number(w[0]), uint64(number(w[1])))) },
	"get-metric": func(w []string) string {
		var value uint64
		return withNumber(getMetric(number(w[0]), &value), value)
	},
	"log-level": func([]string) string {
		var level uint32
		return withNumber(getLogLevel(&level), uint64(level))
	},
	"clock": func([]string) string {
		var now uint64
		if status := getTime(&now); status != 0 || now < 1e18 {
			return withNumber(status, now)
		}
		return "some time after 2001"
	},
	"log":   func(w []string) string { return status(writeLog(number(w[0]), w[1])) },
	"tick":  func(w []string) string { return status(setTick(number(w[0]))) },
	"queue": func(w []string) string { return status(registerQueue(w[0], new(uint32))) },
	// The place for the result and the text to read begin at the last bytes that an address can have.
	"store-nowhere": func([]string) string { return status(getHeadersSizeAt(0, 1<<32-4)) },
	"read-nowhere":  func([]string) string { return status(writeLogAt(2, 1<<32-4, 100)) },
	"print": func(w []string) string {
		file := map[string]*os.File{"out": os.Stdout, "err": os.Stderr}[w[0]]
		_, err := file.WriteString(w[1])
		return errText(err)
	},
	"env":       func(w []string) string { return strconv.Quote(os.Getenv(w[0])) },
	"args":      func([]string) string { return strconv.Itoa(len(os.Args)) },
	"arguments": func([]string) string { return strings.Join(arguments, " ") },
	"open": func(w []string) string {
		_, err := os.Open(w[0])
		return errText(err)
	},
	"pause":  func([]string) string { outcome = pause; return "" },
	"refuse": func([]string) string { outcome = refuse; return "" },
	// A timer makes the runtime poll, from then on in every garbage collection.
	"timer":   func([]string) string { time.AfterFunc(time.Hour, func() {}); return "ok" },
	"collect": func([]string) string { runtime.GC(); return "ok" },
	"panic":   func(w []string) string { panic(w[0]) },
	"exit":    func([]string) string { os.Exit(3); return "" },
	"recover": func(w []string) (answer string) {
		defer func() { answer, _ = recover().(string) }()
		panic(w[0])
	},
	"allocate-forbidden": func([]string) string { yieldInMalloc = true; return "ok" },
	"announce":           func(w []string) string { proxywasm.LogInfo(w[0]); return "" },
}

// pairs reads name and value in turn.
func pairs(words []string) string {
	var list [][2]string
	for i := 0; i+1 < len(words); i += 2 {
		list = append(list, [2]string{words[i], words[i+1]})
	}
	return encode(list)
}

// flood is n pairs.
func flood(n uint32) string {
	var list [][2]string
	for i := range n {
		list = append(list, [2]string{"x-" + strconv.Itoa(int(i)), "v"})
	}
	return encode(list)
}

func errText(err error) string {
	if err != nil {
		return err.Error()
	}
	return "ok"
}
