// SPDX-License-Identifier: Apache-2.0

// Package request holds what is known of a request to the server while it is
// answered: who sent it and what it is for. Whoever answers notes it here, the
// request log and the metrics read it when the answer is out.
package request

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/store"
)

// Info is what is known of a request.
type Info struct {
	// ID is a UUID. It stands in the answer, in the request log and in the audit log.
	ID string
	// Operation is what the request is for, such as PutGatewayResponse; empty while unknown.
	Operation string
	// Caller is the name of the caller; Key is the id of the access key, or Person who signed in without one. Empty while unknown.
	Caller, Key, Person string
	// Err is the failure of the server that the answer hides; nil if there was none.
	Err error
}

// New makes the Info of a request that just arrived.
func New() *Info {
	var b [16]byte
	rand.Read(b[:]) // never fails
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return &Info{ID: fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])}
}

type key struct{}

// With gives a context that holds an Info.
func With(ctx context.Context, info *Info) context.Context {
	return context.WithValue(ctx, key{}, info)
}

// From gives the Info of a context; a new one if it has none.
func From(ctx context.Context) *Info {
	if info, ok := ctx.Value(key{}).(*Info); ok {
		return info
	}
	return New()
}

// By notes who the caller is, and gives the caller the id of the request.
func (i *Info) By(by control.Caller) control.Caller {
	i.Caller, i.Key, i.Person = by.Name, by.Key, by.Person
	by.RequestID = i.ID
	return by
}

// Refused is what callers of AWS's APIs are told of an error. What is none of AWS's is a failure of the server, which is noted: its text is
// for the log alone.
func (i *Info) Refused(err error) *apigateway.Error {
	var known *apigateway.Error
	if errors.As(err, &known) {
		return known
	}
	i.Err = err
	if Unavailable(err) {
		return apigateway.Unavailable()
	}
	return apigateway.Failed()
}

// Unavailable reports whether a request that failed has changed nothing and may succeed in a moment: the store was away, or had no time.
func Unavailable(err error) bool {
	return errors.Is(err, store.ErrUnavailable) || errors.Is(err, context.DeadlineExceeded)
}

// Unsure reports whether nobody knows if what a request asked for was done.
func Unsure(err error) bool { return errors.Is(err, store.ErrUnknown) }
