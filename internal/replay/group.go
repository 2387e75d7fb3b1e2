// SPDX-License-Identifier: Apache-2.0

package replay

import (
	"strings"
	"unicode/utf8"
)

// Limits of a report.
const (
	// maxBroken is how many broken lines are named.
	maxBroken = 10
	// maxBodies is how many bodies of a group are told apart.
	maxBodies = 50
	// maxUnclassified is how many details are named that the tables do not know.
	maxUnclassified = 100
	// maxSample is how many bytes of a body are shown.
	maxSample = 200
)

// key is what the lines of a group share.
type key struct {
	status        int
	before, after Outcome
	// same reports that clients see no difference between before and after, headers included.
	same bool
}

// Group is lines that are alike: their errors, and what becomes of them.
type Group struct {
	Count int `json:"count"`
	// EnvoyStatus is the status that Envoy, or the upstream, gave the error.
	EnvoyStatus int `json:"envoyStatus"`
	// Before is what the first of two documents makes of it, or with one document the reply as it was, and After what the last one
	// makes.
	Before Outcome `json:"before"`
	After  Outcome `json:"after"`
	// Changes reports whether clients see a difference between before and after, be it in the body or in a header.
	Changes bool `json:"changes"`
	// Bodies are the bodies, those met most often first. The id and the time of requests do not tell them apart.
	Bodies []Body `json:"bodies,omitempty"`
	// OtherBodies counts the lines whose bodies are not among them.
	OtherBodies int `json:"otherBodies,omitempty"`
	// Example is the first line.
	Example Place `json:"example"`
	key     key
}

// Body is a body that clients would have got.
type Body struct {
	// Before is the hash of the body that the first of two documents makes, After that of the last one, in hex; "" of a reply that
	// is left.
	Before string `json:"before,omitempty"`
	After  string `json:"after,omitempty"`
	Count  int    `json:"count"`
	// Sample is the beginning of the body behind After.
	Sample  string `json:"sample,omitempty"`
	Example Place  `json:"example"`
}

// newGroup is a group without lines.
func newGroup(k key, at Place) *Group {
	return &Group{EnvoyStatus: k.status, Before: k.before, After: k.after, Example: at, key: k}
}

// merge adds a body.
func (g *Group) merge(b Body) {
	for i := range g.Bodies {
		if known := &g.Bodies[i]; known.Before == b.Before && known.After == b.After {
			known.Count += b.Count
			return
		}
	}
	if len(g.Bodies) >= maxBodies {
		g.OtherBodies += b.Count
		return
	}
	g.Bodies = append(g.Bodies, b)
}

// add adds the lines of another group with the same key, which come later in the log.
func (g *Group) add(other *Group) {
	g.Count += other.Count
	g.OtherBodies += other.OtherBodies
	for _, b := range other.Bodies {
		g.merge(b)
	}
}

// sample is the beginning of a body.
func sample(body []byte) string {
	text := body[:min(len(body), maxSample)]
	for len(text) < len(body) && len(text) > 0 && !utf8.RuneStart(body[len(text)]) {
		text = text[:len(text)-1]
	}
	return strings.ToValidUTF8(string(text), "\uFFFD")
}
