// SPDX-License-Identifier: Apache-2.0

package engine

// HeaderStep is a step of a decision that changes headers.
type HeaderStep uint8

// The steps, in order. A reply goes through some of them.
const (
	// StepEntry: what the entry sets and removes.
	StepEntry HeaderStep = iota
	// StepAWS: the headers that AWS puts on every error (emulate: aws).
	StepAWS
	// StepBody: what says what the body is, and that there was a choice.
	StepBody
	// StepStale: what described the old body, and where a redirect led.
	StepStale
	// StepGRPC: the status and the message of a call.
	StepGRPC
	// StepPreflight: the answer to a preflight.
	StepPreflight
	// StepTooLarge: the reply is above 1 MiB, so it is left; what was changed counts no more.
	StepTooLarge
	// StepCORS: what lets pages of other origins read the error.
	StepCORS
	// StepForFilter: what was written for the filter goes.
	StepForFilter
)

// StatusBy is where the status of a reply comes from.
type StatusBy uint8

// The sources of a status.
const (
	// StatusByNobody: the reply is left.
	StatusByNobody StatusBy = iota
	// StatusByEntry: the entry has one.
	StatusByEntry
	// StatusByType: it is AWS's for the type (emulate: aws, or a redirect that a rule makes an error).
	StatusByType
	// StatusByReply: the reply keeps its own.
	StatusByReply
	// StatusByTunnel: the reply keeps its own, because the client would take the entry's for a tunnel.
	StatusByTunnel
)
