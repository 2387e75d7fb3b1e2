// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"fmt"
	"slices"
	"strings"

	"gatewayresponses/internal/facts"
)

// Diff compares a reply with what is wanted, and says what differs, a line each; "" when nothing does. The body of a
// reply to HEAD is not on the wire, so it is compared only when wantBody.
func (w Want) Diff(status int, headers facts.Headers, body []byte, wantBody bool) string {
	var b strings.Builder
	if status != w.Status {
		fmt.Fprintf(&b, "status %d, want %d\n", status, w.Status)
	}
	var seen []string
	for _, line := range w.Headers {
		if slices.Contains(seen, line.Name) {
			continue
		}
		seen = append(seen, line.Name)
		got, want := headers.Values(line.Name), w.Headers.Values(line.Name)
		if !slices.Equal(got, want) {
			fmt.Fprintf(&b, "%s: %q, want %q\n", line.Name, got, want)
		}
	}
	for _, name := range w.Absent {
		if got := headers.Values(name); got != nil {
			fmt.Fprintf(&b, "%s: %q, want none\n", name, got)
		}
	}
	if wantBody && string(body) != string(w.Body) {
		fmt.Fprintf(&b, "body %q\nwant %q\n", body, w.Body)
	}
	return b.String()
}

// Diff compares the way to a decision with what is wanted, as Want.Diff does.
func (t Trace) Diff(got Trace) string {
	var b strings.Builder
	for _, pair := range []struct{ name, got, want string }{
		{"type", got.Type, t.Type},
		{"reason", got.Reason, t.Reason},
		{"entry", got.Entry, t.Entry},
		{"left", got.Left, t.Left},
		{"dropped", got.Dropped, t.Dropped},
	} {
		if pair.want != "" && pair.got != pair.want {
			fmt.Fprintf(&b, "trace %s %q, want %q\n", pair.name, pair.got, pair.want)
		}
	}
	return b.String()
}
