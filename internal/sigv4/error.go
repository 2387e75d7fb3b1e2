// SPDX-License-Identifier: Apache-2.0

package sigv4

import "fmt"

// Kind is why a request is not taken, in AWS's words: the name of its error without "Exception".
type Kind string

// Why a request is not taken.
const (
	// MissingAuthenticationToken says that a request is not signed at all.
	MissingAuthenticationToken Kind = "MissingAuthenticationToken"
	// IncompleteSignature says that parts of the signature are missing, or are not in the form that they must have.
	IncompleteSignature Kind = "IncompleteSignature"
	// InvalidSignature says that the signature is for something else, for another time, or made with another secret.
	InvalidSignature Kind = "InvalidSignature"
	// UnrecognizedClient says that nobody here has the access key.
	UnrecognizedClient Kind = "UnrecognizedClient"
	// ExpiredToken says that the access key has expired.
	ExpiredToken Kind = "ExpiredToken"
)

// Error says why a request is not taken.
type Error struct {
	Kind Kind
	// Message is for the caller, as AWS words it. Secrets are not in it.
	Message string
}

// Error gives kind and message.
func (e *Error) Error() string { return string(e.Kind) + ": " + e.Message }

// Unknown is the error for an access key that nobody here has.
func Unknown() *Error {
	return &Error{UnrecognizedClient, "The security token included in the request is invalid."}
}

// Expired is the error for an access key that has expired.
func Expired() *Error {
	return &Error{ExpiredToken, "The security token included in the request is expired"}
}

func missing() *Error {
	return &Error{MissingAuthenticationToken, "Missing Authentication Token"}
}

func incomplete(format string, args ...any) *Error {
	return &Error{IncompleteSignature, fmt.Sprintf(format, args...)}
}

func invalid(format string, args ...any) *Error {
	return &Error{InvalidSignature, fmt.Sprintf(format, args...)}
}
