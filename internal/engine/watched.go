// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"math/bits"

	"gatewayresponses/internal/facts"
)

// headerSet is a set of headers that the engine asks every reply for. One pass over the headers of a reply says which it has: to
// look for one after the other takes longer than all else that is done for a reply.
type headerSet uint32

// describesBody are the headers that told of the old body and would be wrong for a new one: those of RFC 9110 sections 6.6.2,
// 8 and 8.8, of RFC 6266, and the digests of RFC 1864, RFC 3230 and RFC 9530. They are the first of watched.
const describesBody = hasContentType - 1

// The other headers, one bit each, in the order of watched.
const (
	hasContentType headerSet = 1 << (iota + 11)
	hasLocation
	hasGRPCStatus
	hasGRPCMessage
	hasCompanion
)

// watched are the headers of all bits, in lower case and in the order in which they are dropped.
var watched = [...]string{
	"content-encoding", "content-language", "content-location", "content-disposition", "etag", "last-modified", "trailer",
	"content-md5", "digest", "content-digest", "repr-digest",
	contentType, location, GRPCStatus, grpcMessage, CompanionHeader,
}

// watchedByLength are the places in watched, by the length of the name.
var watchedByLength = func() (places [len(CompanionHeader) + 1][]int) {
	for place, name := range watched {
		places[len(name)] = append(places[len(name)], place)
	}
	return places
}()

// headersOf says which of the watched headers there are.
func headersOf(headers facts.Headers) headerSet {
	var found headerSet
	for i := range headers {
		name := headers[i].Name
		if len(name) >= len(watchedByLength) {
			continue
		}
		for _, place := range watchedByLength[len(name)] {
			if watched[place] == name {
				found |= 1 << place
			}
		}
	}
	return found
}

// dropWatched removes headers, if the old reply has them.
func (x *exchange) dropWatched(headers headerSet) {
	for found := uint(x.has & headers); found != 0; found &= found - 1 {
		x.headers.Remove = append(x.headers.Remove, watched[bits.TrailingZeros(found)])
	}
}
