// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"
)

// Error is an error as API Gateway words it.
type Error struct {
	// Type is the name of the shape, as in the header x-amzn-ErrorType.
	Type string
	// Status is the status of HTTP that goes with it.
	Status int
	// Message is what the body says.
	Message string
	// RetryAfter is when the caller may try again; zero says nothing.
	RetryAfter time.Duration
}

// Error gives type and message.
func (e *Error) Error() string { return e.Type + ": " + e.Message }

// NotFound says that something that the request names is not there.
func NotFound(format string, args ...any) *Error {
	return newError("NotFoundException", http.StatusNotFound, format, args)
}

// BadRequest says that a request cannot be carried out as it is.
func BadRequest(format string, args ...any) *Error {
	return newError("BadRequestException", http.StatusBadRequest, format, args)
}

// Invalid says that values of a request break AWS's model.
func Invalid(format string, args ...any) *Error {
	return newError("ValidationException", http.StatusBadRequest, format, args)
}

// Conflict says that something is there already, or was changed meanwhile.
func Conflict(format string, args ...any) *Error {
	return newError("ConflictException", http.StatusConflict, format, args)
}

// Denied says that the caller may not do this.
func Denied(format string, args ...any) *Error {
	return newError("AccessDeniedException", http.StatusForbidden, format, args)
}

// TooMany says that the caller is too fast.
func TooMany(after time.Duration) *Error {
	e := newError("TooManyRequestsException", http.StatusTooManyRequests, "Too Many Requests", nil)
	e.RetryAfter = after
	return e
}

// OverLimit says that a quota is used up.
func OverLimit(format string, args ...any) *Error {
	return newError("LimitExceededException", http.StatusTooManyRequests, format, args)
}

// Failed says that the server failed. Why is for its log alone.
func Failed() *Error {
	return newError("InternalFailure", http.StatusInternalServerError, "Internal failure", nil)
}

// Unavailable says that nothing was done, and that it may be in a second.
func Unavailable() *Error {
	e := newError("ServiceUnavailableException", http.StatusServiceUnavailable, "Service Unavailable", nil)
	e.RetryAfter = time.Second
	return e
}

// RetrySeconds is RetryAfter as the header Retry-After has it: whole seconds, not too few; "" where nothing is said.
func (e *Error) RetrySeconds() string {
	if e.RetryAfter <= 0 {
		return ""
	}
	return strconv.Itoa(int(math.Ceil(e.RetryAfter.Seconds())))
}

func newError(kind string, status int, format string, args []any) *Error {
	return &Error{Type: kind, Status: status, Message: fmt.Sprintf(format, args...)}
}
