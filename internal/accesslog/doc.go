// SPDX-License-Identifier: Apache-2.0

// Package accesslog reads access logs of Envoy: lines of JSON, as envoy.yaml has them written.
//
// What a member is called in the logs of others a field map says (fields.go); the names that Istio and Envoy Gateway give to
// their logs by default are known. Members that nobody asks for are passed over. What a log does not have is not guessed here:
// Line.Lacks says so.
//
//	field.go     what a line can say, and where
//	fields.go    field maps
//	parser.go    a line of JSON to its members
//	line.go      members to an exchange
//	chunks.go    a log, gzip or not, to chunks of whole lines
package accesslog
