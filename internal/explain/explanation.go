// SPDX-License-Identifier: Apache-2.0

package explain

import "gatewayresponses/internal/facts"

// Explanation is what a client sees of an error, and why. Its JSON is complete.
type Explanation struct {
	Request Request `json:"request"`
	Error   Error   `json:"error"`
	Route   Route   `json:"route"`
	Type    Type    `json:"type"`
	Entry   Entry   `json:"entry"`
	Status  Status  `json:"status"`
	// Media are the bodies to choose from, in the order of their media types.
	Media []Medium `json:"media,omitempty"`
	// AcceptCounts reports whether the Accept header took part in the choice.
	AcceptCounts bool `json:"acceptCounts"`
	// AcceptFault says what is wrong with an Accept header that is there and does not count, "" for nothing.
	AcceptFault string `json:"acceptFault,omitempty"`
	// Message is what $context.error.message stands for, nil for nothing.
	Message *string `json:"message"`
	// Variables are those of the body.
	Variables []Variable `json:"variables,omitempty"`
	Headers   []Header   `json:"headers"`
	Reply     Reply      `json:"reply"`
	// LogLacks names what the line of an access log does not say, where the exchange comes from one.
	LogLacks []string `json:"logLacks,omitempty"`
}

// Request is the request, as far as the document can look at it.
type Request struct {
	Headers  facts.Headers `json:"headers"`
	Protocol string        `json:"protocol"`
	Source   string        `json:"source,omitempty"`
}

// Error is the reply before the filter saw it.
type Error struct {
	Status  int           `json:"status"`
	Details string        `json:"details"`
	Flags   string        `json:"flags"`
	Owner   string        `json:"owner,omitempty"`
	HasBody bool          `json:"hasBody"`
	Headers facts.Headers `json:"headers"`
	// Assumed names what of it nobody has said.
	Assumed []string `json:"assumed,omitempty"`
}

// Route is the route of the document.
type Route struct {
	// Name is "" for the document itself, "document" for a route document in the metadata of Envoy's route.
	Name string `json:"name,omitempty"`
	// Named is what the metadata of Envoy's route names, and Unknown reports that the document has no such route.
	Named        string            `json:"named,omitempty"`
	Unknown      bool              `json:"unknown,omitempty"`
	Tried        []Trial           `json:"tried,omitempty"`
	Mode         string            `json:"mode"`
	Emulate      string            `json:"emulate,omitempty"`
	ResourcePath string            `json:"resourcePath,omitempty"`
	Parameters   map[string]string `json:"parameters,omitempty"`
	// Findings are those on a route document.
	Findings []string `json:"findings,omitempty"`
}

// Trial is a route or a rule that was asked.
type Trial struct {
	Name string `json:"name"`
	// Failing is the first condition that does not hold, "" when all do. The condition wants one of Wanted, and Got is what there is.
	Failing string   `json:"failing,omitempty"`
	Wanted  []string `json:"wanted,omitempty"`
	Got     string   `json:"got,omitempty"`
}

// Type is the gateway response type, and what it was known by.
type Type struct {
	// Name is "" for a reply that has no type: the upstream's, or one that a rule leaves.
	Name    string `json:"name,omitempty"`
	Broader string `json:"broader,omitempty"`
	// Reason is "rule", "declared", "details", "flag" or "status"; Row is the name of the rule, or the row of the table.
	Reason     string `json:"reason,omitempty"`
	Row        string `json:"row,omitempty"`
	Upstream   bool   `json:"upstream,omitempty"`
	Known      bool   `json:"known"`
	Deliberate bool   `json:"deliberate,omitempty"`
	// Rules are those that were asked, and Table is the row of the built-in tables, which counts when no rule and no producer names the
	// error.
	Rules    []Trial   `json:"rules,omitempty"`
	Producer *Producer `json:"producer,omitempty"`
	Table    *Table    `json:"table,omitempty"`
}

// Producer is what the producer of the reply says of it (declared).
type Producer struct {
	Trusted bool   `json:"trusted"`
	Type    string `json:"type,omitempty"`
	Message string `json:"message,omitempty"`
	// Unknown reports that there is no such type.
	Unknown bool `json:"unknown,omitempty"`
}

// Table is a row of the built-in tables, which docs/classification.md lists.
type Table struct {
	Title      string `json:"title"`
	Row        string `json:"row"`
	OnlyStatus int    `json:"onlyStatus,omitempty"`
	Remark     string `json:"remark,omitempty"`
	Author     string `json:"author,omitempty"`
	// SentBy names the filters that send such replies, Seen says whether our filter sees them ("yes", "some" or "no"), Before whether
	// those that it does not see come before the chain of filters, where gwr emit --companion covers them, and Proven which versions of
	// Envoy sent such replies to a test. They are there for rows of details.
	SentBy []string `json:"sentBy,omitempty"`
	Seen   string   `json:"seen,omitempty"`
	Before bool     `json:"before,omitempty"`
	Proven string   `json:"proven,omitempty"`
}

// Entry is the entry that answers.
type Entry struct {
	// Name is "" when the reply is left, for the reason Left.
	Name string `json:"name,omitempty"`
	Left string `json:"left,omitempty"`
	// Looks are the places where one was looked for, in order.
	Looks []Look `json:"looks,omitempty"`
}

// Look is a look for an entry.
type Look struct {
	// Place is a route of the document, "document" for a route document, "grpc", or "" for the document itself.
	Place string `json:"place,omitempty"`
	Type  string `json:"type"`
	Found bool   `json:"found"`
}

// Status is the new status and where it comes from.
type Status struct {
	Value int `json:"value"`
	// By is "entry", "type", "reply" or "tunnel"; "" when the reply is left.
	By string `json:"by,omitempty"`
	// GRPC is the name of the gRPC status, "" over HTTP.
	GRPC string `json:"grpcStatus,omitempty"`
}

// Medium is a body to choose.
type Medium struct {
	Key string `json:"key"`
	// Range is the range of the Accept header that names it, "" for none, and Quality its weight, 0 to 1.
	Range   string  `json:"range,omitempty"`
	Quality float64 `json:"quality"`
	Chosen  bool    `json:"chosen,omitempty"`
}

// Variable is a variable with its value, nil for none.
type Variable struct {
	Name  string  `json:"name"`
	Value *string `json:"value"`
	// Unknown reports that the name means nothing (emulate: aws).
	Unknown bool `json:"unknown,omitempty"`
}

// Reply is what the client gets.
type Reply struct {
	Status  int           `json:"status"`
	Headers facts.Headers `json:"headers"`
	Body    string        `json:"body"`
	// Replaced reports whether it is another one than Envoy or the upstream made.
	Replaced bool `json:"replaced"`
}
