// SPDX-License-Identifier: Apache-2.0

package load

import (
	"fmt"
	"slices"
	"time"
)

// Outcome is what a generator measured.
type Outcome struct {
	// Requests were answered within Elapsed.
	Requests int           `json:"requests"`
	Elapsed  time.Duration `json:"elapsed"`
	// P50, P99 and Max are latencies: from the first byte of the request, or from when it was due if there is a rate, to the
	// last byte of the reply.
	P50 time.Duration `json:"p50"`
	P99 time.Duration `json:"p99"`
	Max time.Duration `json:"max"`
}

// recorder collects the latencies of one connection.
type recorder struct {
	spec      Spec
	latencies []time.Duration
}

// note adds a reply, or says why it is not the one that every request should get.
func (r *recorder) note(status, length int, took time.Duration) error {
	if status != r.spec.Status || length != r.spec.Length {
		return fmt.Errorf("%s %s: status %d with %d bytes, want %d with %d",
			r.spec.Method, r.spec.Path, status, length, r.spec.Status, r.spec.Length)
	}
	r.latencies = append(r.latencies, took)
	return nil
}

// outcome sums up what all connections recorded.
func outcome(recorders []*recorder, elapsed time.Duration) (Outcome, error) {
	var all []time.Duration
	for _, r := range recorders {
		all = append(all, r.latencies...)
	}
	return Sum(all, elapsed)
}

// Sum sums up the latencies of requests that were answered within a time. No requests are an error.
func Sum(all []time.Duration, elapsed time.Duration) (Outcome, error) {
	if len(all) == 0 {
		return Outcome{}, fmt.Errorf("no request was answered within %s", elapsed)
	}
	slices.Sort(all)
	return Outcome{
		Requests: len(all), Elapsed: elapsed,
		P50: all[(len(all)-1)*50/100], P99: all[(len(all)-1)*99/100], Max: all[len(all)-1],
	}, nil
}
