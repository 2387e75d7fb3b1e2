// SPDX-License-Identifier: Apache-2.0

package result

// Server is what gwrd takes.
type Server struct {
	// Missing says why a store was not measured, "" when all were.
	Missing    string     `json:"missing,omitempty"`
	Calls      []Call     `json:"calls"`
	Fills      []Fill     `json:"fills"`
	Updates    []Update   `json:"updates"`
	Deliveries []Delivery `json:"deliveries"`
}

// Call is an operation of AWS's API, sent over and over by callers that each wait for the answer: a value for each round, in the order of
// rounds.
type Call struct {
	Store     string `json:"store"`
	Operation string `json:"operation"`
	Callers   int    `json:"callers"`
	// CPU is the CPU time of gwrd for each request, in microseconds. That of PostgreSQL is not in it.
	CPU []float64 `json:"cpu"`
	// Rate is the number of requests answered in a second, P50 and P99 are latencies in microseconds.
	Rate []float64 `json:"rate"`
	P50  []float64 `json:"p50"`
	P99  []float64 `json:"p99"`
}

// Fill is the memory of a gwrd before and after it has many APIs, in MB.
type Fill struct {
	Store string `json:"store"`
	APIs  int    `json:"apis"`
	// Seconds is how long it took to import them.
	Seconds  float64 `json:"seconds"`
	EmptyMB  float64 `json:"emptyMB"`
	FilledMB float64 `json:"filledMB"`
	// ListedMB is the memory after a client has read the list of them, and RestartedMB that of a server that begins with them.
	ListedMB    float64 `json:"listedMB"`
	RestartedMB float64 `json:"restartedMB"`
}

// Update is how long it takes, in seconds, until a change of one of many stages is a revision.
type Update struct {
	Store  string `json:"store"`
	Stages int    `json:"stages"`
	// Bytes is the size of the document.
	Bytes int `json:"bytes"`
	// Answered is from the request until its answer, Listed until the revision is in the list.
	Answered []float64 `json:"answered"`
	Listed   []float64 `json:"listed"`
	// Compiled is how long the engine takes to compile the document, which is part of that.
	Compiled []float64 `json:"compiled"`
}

// Delivery is how long it takes, in seconds, until a real Envoy replies as was deployed, while other nodes have streams to the same server.
type Delivery struct {
	Streams int `json:"streams"`
	// Sent is from when CreateDeployment is sent until the first new reply, Answered from when its answer is there. That is below 0 where
	// Envoy was faster.
	Sent     []float64 `json:"sent"`
	Answered []float64 `json:"answered"`
}

// ToFirst is the ratio of a call's rate to that of the same call on the first store; false where that is its own.
func (s *Server) ToFirst(c Call) (Ratio, bool) {
	for _, first := range s.Calls {
		if first.Operation == c.Operation && first.Callers == c.Callers && first.Store != c.Store {
			return divide(Summarize(c.Rate), Summarize(first.Rate))
		}
		if first.Operation == c.Operation && first.Callers == c.Callers {
			break
		}
	}
	return Ratio{}, false
}
