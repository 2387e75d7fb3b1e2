// SPDX-License-Identifier: Apache-2.0

package main

import (
	"encoding/hex"
	"strconv"
	"strings"
)

// localReply is the reply that a request asks for.
type localReply struct {
	status  uint32
	details string
	headers [][2]string
	body    string
}

// badRequest is the reply to a request that cannot be understood.
func badRequest(problem string) localReply {
	return localReply{status: 500, details: "replier_bad_request", body: "replier: " + problem}
}

// parseReply reads the reply that request headers ask for; false when they ask for none.
func parseReply(request [][2]string) (localReply, bool) {
	var reply localReply
	asked := false
	for _, header := range request {
		value, ok := header[1], true
		switch header[0] {
		case "x-replier-status":
			asked = true
			reply.status, ok = parseStatus(value)
		case "x-replier-trap":
			panic("replier: a request asks for it")
		case "x-replier-details":
			reply.details = value
		case "x-replier-header":
			ok = reply.addHeader(value)
		case "x-replier-body":
			reply.body, ok = percentDecode(value)
		}
		if !ok {
			return badRequest(header[0] + " cannot be " + strconv.Quote(value)), true
		}
	}
	return reply, asked
}

// parseStatus reads a status, 200 to 599.
func parseStatus(text string) (uint32, bool) {
	status, err := strconv.ParseUint(text, 10, 32)
	return uint32(status), err == nil && status >= 200 && status <= 599
}

// addHeader adds the header that text, "name=value", describes.
func (r *localReply) addHeader(text string) bool {
	decoded, ok := percentDecode(text)
	name, value, found := strings.Cut(decoded, "=")
	if !ok || !found || name == "" {
		return false
	}
	r.headers = append(r.headers, [2]string{name, value})
	return true
}

// percentDecode replaces each %XX by the byte it stands for; false when a "%" is not followed by two hexadecimal digits.
func percentDecode(text string) (string, bool) {
	parts := strings.Split(text, "%")
	decoded := []byte(parts[0])
	for _, part := range parts[1:] {
		if len(part) < 2 {
			return "", false
		}
		b, err := hex.DecodeString(part[:2])
		if err != nil {
			return "", false
		}
		decoded = append(decoded, b...)
		decoded = append(decoded, part[2:]...)
	}
	return string(decoded), true
}
