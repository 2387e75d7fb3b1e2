// SPDX-License-Identifier: Apache-2.0

package compare

import (
	"encoding/json"
	"maps"
	"mime"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gatewayresponses/internal/jsonwrite"
)

// ids are the headers by which gateways name a request. They differ from one reply to the next, and so does what quotes them.
var ids = []string{
	"apigw-requestid", "cf-ray", "traceparent", "x-amz-apigw-id", "x-amz-cf-id", "x-amz-request-id", "x-amzn-requestid", "x-amzn-trace-id",
	"x-b3-spanid", "x-b3-traceid", "x-correlation-id", "x-request-id",
}

// unsteady are the headers that differ as well, or that follow from the body and from the connection.
var unsteady = []string{"age", "connection", "content-length", "date", "keep-alive", "transfer-encoding", "x-envoy-upstream-service-time"}

// Difference is one place in which two replies differ.
type Difference struct {
	// Where is "status", "header" or "body", or "reply" where a gateway did not answer.
	Where string `json:"where"`
	// Name is that of the header, or the place in a body; "" for all of a body.
	Name string `json:"name,omitempty"`
	// A and B are what stands there, nil for nothing.
	A *string `json:"a"`
	B *string `json:"b"`
}

// maxDifferences is how many places in a body are told.
const maxDifferences = 50

// comparer compares replies.
type comparer struct {
	// ignored are headers, in lower case, and members of JSON bodies by their paths.
	ignored, members map[string]bool
}

// compare says where two replies differ.
func (c *comparer) compare(a, b *Reply) []Difference {
	var all []Difference
	if a.Status != b.Status {
		all = append(all, difference("status", "", strconv.Itoa(a.Status), strconv.Itoa(b.Status)))
	}
	ha, hb := c.steadyHeaders(a), c.steadyHeaders(b)
	names := map[string]bool{}
	for name := range ha {
		names[name] = true
	}
	for name := range hb {
		names[name] = true
	}
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if d, ok := between(ha[name], hb[name]); ok {
			d.Where, d.Name = "header", name
			all = append(all, d)
		}
	}
	return append(all, c.bodies(a, b)...)
}

func difference(where, name, a, b string) Difference { return Difference{where, name, &a, &b} }

// between are the lines of a header in two replies, where they differ.
func between(a, b []string) (Difference, bool) {
	if slices.Equal(a, b) {
		return Difference{}, false
	}
	return Difference{A: joined(a), B: joined(b)}, true
}

func joined(lines []string) *string {
	if lines == nil {
		return nil
	}
	text := strings.Join(lines, ", ")
	return &text
}

// steadyHeaders are the headers that count, by name.
func (c *comparer) steadyHeaders(r *Reply) map[string][]string {
	steady := map[string][]string{}
	for _, h := range r.Headers {
		if !c.ignored[h.Name] {
			value := r.withoutIDs(h.Value)
			if h.Name == "content-type" {
				value = mediaType(value)
			}
			steady[h.Name] = append(steady[h.Name], value)
		}
	}
	return steady
}

// mediaType is a media type in one spelling: "application/json; charset=UTF-8" and "application/json;charset=utf-8" are the same.
func mediaType(value string) string {
	base, parameters, err := mime.ParseMediaType(value)
	if err != nil {
		return value
	}
	if set, ok := parameters["charset"]; ok {
		parameters["charset"] = strings.ToLower(set)
	}
	if written := mime.FormatMediaType(base, parameters); written != "" {
		return written
	}
	return value
}

// shortestID is how long the id of a request is at least. A shorter text may stand in a body for something else.
const shortestID = 8

// withoutIDs is a text of the reply with one word for the ids that its headers have.
func (r *Reply) withoutIDs(text string) string {
	for _, h := range r.Headers {
		if slices.Contains(ids, h.Name) && len(h.Value) >= shortestID {
			text = strings.ReplaceAll(text, h.Value, "(request id)")
		}
	}
	return text
}

// bodies compares bodies: as JSON where both are, else byte for byte.
func (c *comparer) bodies(a, b *Reply) []Difference {
	ta, tb := a.withoutIDs(a.Body), b.withoutIDs(b.Body)
	switch {
	case c.ignored["body"] || ta == tb && a.Cut == b.Cut:
		return nil
	case ta == tb:
		return []Difference{difference("body", "behind its first MiB", end(a), end(b))}
	}
	va, isA := parseJSON(ta)
	vb, isB := parseJSON(tb)
	if !isA || !isB {
		return []Difference{textDifference(ta, tb)}
	}
	d := &jsonDifferences{comparer: c}
	d.compare("", va, vb)
	return d.all
}

// end says whether a body goes on behind what was read of it.
func end(r *Reply) string {
	if r.Cut {
		return "there is more"
	}
	return "it ends"
}

const (
	// maxText is how much of two texts that differ is kept, in bytes.
	maxText = 1000
	// ahead is how much of what is the same in both is kept in front, in bytes.
	ahead = 40
)

// textDifference is where two texts begin to differ. The name says from which byte on, where that is not the first one.
func textDifference(a, b string) Difference {
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	at = max(0, at-ahead)
	for at > 0 && !utf8.RuneStart(a[at]) {
		at--
	}
	name := ""
	if at > 0 {
		name = "from byte " + strconv.Itoa(at+1)
	}
	return difference("body", name, a[at:min(len(a), at+maxText)], b[at:min(len(b), at+maxText)])
}

// parseJSON reads a body that is JSON. A body that is only a word is compared as a text.
func parseJSON(text string) (any, bool) {
	if trimmed := strings.TrimSpace(text); trimmed == "" || trimmed[0] != '{' && trimmed[0] != '[' {
		return nil, false
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	var value any
	if decoder.Decode(&value) != nil || decoder.More() {
		return nil, false
	}
	return value, true
}

// jsonDifferences are the places in which two JSON values differ.
type jsonDifferences struct {
	*comparer
	all []Difference
}

func (d *jsonDifferences) compare(path string, a, b any) {
	if d.members[path] || len(d.all) >= maxDifferences {
		return
	}
	switch va := a.(type) {
	case map[string]any:
		if vb, ok := b.(map[string]any); ok {
			d.objects(path, va, vb)
			return
		}
	case []any:
		if vb, ok := b.([]any); ok && len(va) == len(vb) {
			for i := range va {
				d.compare(path+"["+strconv.Itoa(i)+"]", va[i], vb[i])
			}
			return
		}
	}
	if ta, tb := jsonwrite.Value(a), jsonwrite.Value(b); ta != tb {
		d.all = append(d.all, difference("body", path, ta, tb))
	}
}

func (d *jsonDifferences) objects(path string, a, b map[string]any) {
	keys := maps.Clone(a)
	maps.Copy(keys, b)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		place := key
		if path != "" {
			place = path + "." + key
		}
		va, inA := a[key]
		vb, inB := b[key]
		switch {
		case inA && inB:
			d.compare(place, va, vb)
		case d.members[place] || len(d.all) >= maxDifferences:
		case inA:
			text := jsonwrite.Value(va)
			d.all = append(d.all, Difference{Where: "body", Name: place, A: &text})
		default:
			text := jsonwrite.Value(vb)
			d.all = append(d.all, Difference{Where: "body", Name: place, B: &text})
		}
	}
}
