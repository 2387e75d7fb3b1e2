// SPDX-License-Identifier: Apache-2.0

package tryout

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// List names the requests to try, each under a line that says what came back. replies are those of Replies.
func (g *Gateway) List(replies []Reply) string {
	var b strings.Builder
	fmt.Fprintf(&b, "The gateway is ready, with %s. Try in another terminal, here:\n\n", g.settings.Document)
	for i, r := range requests {
		fmt.Fprintf(&b, "# %s: %s\n%s\n", r.about, replies[i].Outcome(), r.command(g.settings.Port))
	}
	fmt.Fprintf(&b, "\nHEAD: curl -I. HTTP/2: curl --http2-prior-knowledge. Counters: curl -s 'localhost:%d/stats?filter=gateway_responses'\n", g.settings.AdminPort)
	b.WriteString("Ctrl-C stops. The access log follows.\n")
	return b.String()
}

// command is the request as a shell takes it.
func (r request) command(port int) string {
	url := fmt.Sprintf("http://localhost:%d%s", port, r.path)
	if strings.Contains(url, "?") {
		url = "'" + url + "'"
	}
	words := []string{"curl", "-i"}
	if r.header != "" {
		words = append(words, "-H '"+r.header+": "+r.value+"'")
	}
	if r.user != "" {
		words = append(words, "-u "+r.user)
	}
	words = append(words, url)
	if r.numbers > 0 {
		words = slices.Concat([]string{"seq", strconv.Itoa(r.numbers), "|"}, words, []string{"--data-binary", "@-"})
	}
	return strings.Join(words, " ")
}

// Outcome says in a line what the client got.
func (r *Reply) Outcome() string {
	if r.Type == "" {
		return fmt.Sprintf("%d, untouched", r.Status)
	}
	mediaType, _ := r.Headers.Last("content-type")
	return fmt.Sprintf("%d %s, %s was %d", r.Status, cmp.Or(mediaType, "without a body"), r.Type, r.OriginalStatus)
}
