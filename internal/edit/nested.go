// SPDX-License-Identifier: Apache-2.0

package edit

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
)

// notCopied are headers of the old reply that a nested reply must not carry over: what frames or describes the old body, what
// is good for one connection only, and what Envoy sets itself.
var notCopied = []string{
	"connection", "content-length", "content-type", "date", "keep-alive", "proxy-connection", "server", "te", "trailer",
	"transfer-encoding", "upgrade",
}

// nestedHeaders are the headers of a nested reply: the old ones that stay, and those that are set. Envoy gives such a reply a
// new header map. The result is never nil.
func nestedHeaders(old facts.Headers, changes engine.HeaderChanges, addedByRoutes []string) facts.Headers {
	headers := make(facts.Headers, 0, len(old)+len(changes.Set))
	for _, line := range old {
		_, set := changes.Set.First(line.Name)
		stays := !strings.HasPrefix(line.Name, ":") && !slices.Contains(notCopied, line.Name) &&
			!slices.Contains(addedByRoutes, line.Name)
		if stays && !set && !slices.Contains(changes.Remove, line.Name) {
			headers = append(headers, line)
		}
	}
	return append(headers, changes.Set...)
}

// Sent says what became of a nested reply, whose header map in the end is got. A mapper of local_reply_config may have given it
// another status, which then is the one that counts. Envoy adds the route's response_headers_to_add to the new header map,
// where copies of the old headers hold what it had added before: such headers come double. Those that were left to the route
// are lost when it does not add them.
func (r *Rewrite) Sent(got facts.Headers) (doubled, lost []string) {
	text, _ := got.First(":status")
	if status, err := strconv.Atoi(text); err == nil {
		r.reply.Status = status
	}
	return doubledHeaders(r.sent, got), r.lostHeaders(got)
}

// doubledHeaders names the headers that stand in got once more than they were sent. Envoy puts what a route adds before the
// lines of the reply, and what a local_reply_config mapper adds behind them; it joins the lines of some headers by ",". In Via
// and Proxy-Status each proxy adds itself to what an upstream sent.
func doubledHeaders(sent, got facts.Headers) []string {
	changed := func(line facts.Header) bool { return !asSent(sent, got, line.Name) }
	if len(sent)*(len(sent)+len(got)) <= fewPairs && !slices.ContainsFunc(sent, changed) {
		return nil
	}
	var names []string
	before, after := joined(sent), joined(got)
	for _, line := range sent {
		text, seen := before[line.Name]
		if delete(before, line.Name); !seen || line.Name == "via" || line.Name == "proxy-status" {
			continue
		}
		if now := after[line.Name]; strings.HasSuffix(now, ","+text) || strings.HasPrefix(now, text+",") {
			names = append(names, line.Name)
		}
	}
	return names
}

// fewPairs is up to how many pairs of lines are compared one by one.
const fewPairs = 1 << 10

// asSent reports whether the lines called name are in got as they were sent.
func asSent(sent, got facts.Headers, name string) bool {
	rest := got
	for i := range sent {
		if sent[i].Name != name {
			continue
		}
		at := slices.IndexFunc(rest, func(line facts.Header) bool { return line.Name == name })
		if at < 0 || rest[at].Value != sent[i].Value {
			return false
		}
		rest = rest[at+1:]
	}
	_, more := rest.First(name)
	return !more
}

// joined are the values of each name, with commas between.
func joined(headers facts.Headers) map[string]string {
	values := make(map[string]string, len(headers))
	for _, line := range headers {
		if before, further := values[line.Name]; further {
			values[line.Name] = before + "," + line.Value
		} else {
			values[line.Name] = line.Value
		}
	}
	return values
}

// lostHeaders names the headers of the old reply that were left to the route, which did not add them.
func (r *Rewrite) lostHeaders(got facts.Headers) []string {
	var names []string
	for _, name := range r.reply.AddedByRoutes {
		_, before := r.facts.Reply.Headers.First(name)
		_, after := got.First(name)
		if before && !after && !slices.Contains(r.headers.Remove, name) {
			names = append(names, name)
		}
	}
	return names
}

// Remedy says how a header that came double comes once. What the document sets is sent even when it is listed.
func (r *Rewrite) Remedy(name string) string {
	if _, set := r.headers.Set.First(name); set {
		return "the document sets it as well; let one of them do it"
	}
	if len(r.reply.AddedByRoutes) > 0 {
		return "add " + quote.Text(name) + ` to "addedByRoutes" in the document`
	}
	return `add "headerOnly": {"addedByRoutes": [` + quote.Text(name) + "]} to the document"
}

// Mapper says which mapper of local_reply_config keeps replies like this one from being nested. It gives all of them its body,
// which is right only where no service writes one.
func (r *Rewrite) Mapper() string {
	return "a local_reply_config mapper for response.code_details == " + quote.Text(r.facts.Reply.Details) +
		" that gives such replies a body and the header " + engine.CompanionHeader + ", where none has a body of its own (see docs/limits.md)"
}

// ClosesConnection reports whether Envoy closes an HTTP/1 connection because of the nested reply: it does so after every 400 of
// its own, and had another status in mind.
func (r *Rewrite) ClosesConnection() bool {
	return r.reply.Status == 400 && r.facts.Reply.Status != 400
}
