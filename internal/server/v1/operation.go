// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"reflect"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// anybody is the role of operations that need no key.
const anybody auth.Role = ""

// reach is what a key must be for, besides its role.
type reach string

// The reaches.
const (
	// everything needs nothing but the role.
	everything reach = ""
	// oneAPI needs a key for the API of the path.
	oneAPI reach = "api"
	// oneHost needs a key for the host of the path.
	oneHost reach = "host"
	// allAPIs needs a key that is not limited to some APIs.
	allAPIs reach = "all apis"
	// ownRights needs rights at least as large as those of the key that it is about.
	ownRights reach = "rights"
)

// operation is one operation: a row of the table.
type operation struct {
	// id is its name, as clients made from the description call it.
	id           string
	method, path string
	// needs is the least role that may do it, on what it reaches.
	needs auth.Role
	on    reach
	// summary says what it does, in a few words.
	summary string
	// status is that of a good answer.
	status int
	// in is a struct; see input.go for its tags. out is what is written as JSON, unless it is nothing, raw or stream.
	in, out reflect.Type
	// media is the type of a raw answer or a stream.
	media string
	// texts reports whether the body holds texts that are read as a whole, documents and those of other tools.
	texts bool
	// room is what it takes at least, as if its body had so many bytes: answers may be much larger than texts.
	room int
	run  func(ctx context.Context, s *Server, by control.Caller, in any) (any, error)
}

// nothing is an answer without a body.
type nothing struct{}

// noInput is what operations take that take nothing.
type noInput struct{}

// op makes an operation whose input and output are those of run.
func op[In, Out any](id, method, path string, needs auth.Role, on reach, summary string,
	run func(ctx context.Context, s *Server, by control.Caller, in In) (Out, error),
) operation {
	o := operation{
		id: id, method: method, path: "/v1" + path, needs: needs, on: on, summary: summary, status: 200,
		in: reflect.TypeFor[In](), out: reflect.TypeFor[Out](),
	}
	if o.out == reflect.TypeFor[nothing]() {
		o.status = 204
	}
	o.run = func(ctx context.Context, s *Server, by control.Caller, in any) (any, error) {
		return run(ctx, s, by, *in.(*In)) //nolint:forcetypeassert // input makes it of this very type
	}
	return o
}

// created makes 201 the status of a good answer.
func (o operation) created() operation {
	o.status = 201
	return o
}

// onTexts says that the operation reads texts in its body.
func (o operation) onTexts() operation {
	o.texts = true
	return o
}

// largeAnswer is the room of operations whose answers have up to 64 MiB: two of them are made at once.
const largeAnswer = 3 << 20

// withLargeAnswers says that the operation reads texts, and may have much to say of a small one.
func (o operation) withLargeAnswers() operation {
	o.texts, o.room = true, largeAnswer
	return o
}

// as says of which media type a raw answer is.
func (o operation) as(media string) operation {
	o.media = media
	return o
}

// hasETag reports whether good answers have an ETag.
func (o *operation) hasETag() bool { return etagField(o.out) != nil }
