// SPDX-License-Identifier: Apache-2.0

package tryout

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/internal/facts"
)

// unsteady are the headers that Table leaves out: they differ from one request to the next, or are HTTP's own.
var unsteady = []string{"connection", "content-length", "date", "server", "x-envoy-upstream-service-time"}

// Table writes replies for people: a line for what was asked and what became of it, and below it the headers and the body.
func Table(replies []Reply) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-30s  %-5s  %-6s  %s\n", "TYPE", "ENVOY", "CLIENT", "REQUEST")
	for i := range replies {
		replies[i].write(&b)
	}
	return b.String()
}

// write writes one reply.
func (r *Reply) write(b *strings.Builder) {
	original := cmp.Or(r.OriginalStatus, r.Status)
	fmt.Fprintf(b, "%-30s  %-5d  %-6d  %s: %s %s\n", cmp.Or(r.Type, "(left as it is)"), original, r.Status, r.About, r.Method, r.Path)
	fmt.Fprintf(b, "    envoy's reason: %s", r.Details)
	if r.Flags != "" {
		fmt.Fprintf(b, ", flags %s", r.Flags)
	}
	b.WriteByte('\n')
	for _, h := range r.Headers {
		if !slices.Contains(unsteady, h.Name) {
			fmt.Fprintf(b, "    %s: %s\n", h.Name, h.Value)
		}
	}
	for line := range strings.Lines(r.Body) {
		b.WriteString("    | " + strings.TrimSuffix(line, "\n") + "\n")
	}
	b.WriteByte('\n')
}

// Unseen are those entries, THROTTLED or ROUTE/THROTTLED, that have made none of the replies.
func Unseen(entries []string, replies []Reply) []string {
	var unseen []string
	for _, entry := range entries {
		if !slices.ContainsFunc(replies, func(r Reply) bool { return r.Entry == entry }) {
			unseen = append(unseen, entry)
		}
	}
	return unseen
}

// Changed returns the replies that differ from those to the same requests before, but for what differs every time.
func Changed(before, after []Reply) []Reply {
	var changed []Reply
	for i := range after {
		if i >= len(before) || !before[i].looksLike(&after[i]) {
			changed = append(changed, after[i])
		}
	}
	return changed
}

// looksLike reports whether a client takes two replies for the same.
func (r *Reply) looksLike(other *Reply) bool {
	return r.Status == other.Status && r.Type == other.Type && r.Entry == other.Entry && r.steadyBody() == other.steadyBody() &&
		slices.Equal(r.steadyHeaders(), other.steadyHeaders())
}

// steadyHeaders are the headers but for those that differ every time, and without the seconds that the rate limiter counts down.
func (r *Reply) steadyHeaders() facts.Headers {
	reset, _ := r.Headers.Last("x-ratelimit-reset")
	var steady facts.Headers
	for _, h := range r.Headers {
		switch {
		case slices.Contains(unsteady, h.Name):
		case h.Value == reset:
			steady = append(steady, facts.Header{Name: h.Name, Value: "seconds"})
		default:
			steady = append(steady, facts.Header{Name: h.Name, Value: r.withoutID(h.Value)})
		}
	}
	return steady
}

func (r *Reply) steadyBody() string { return r.withoutID(r.Body) }

// withoutID is a text with one word for the id of the request, wherever the document quotes it.
func (r *Reply) withoutID(text string) string { return strings.ReplaceAll(text, r.ID, idPrefix) }
