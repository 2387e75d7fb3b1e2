// SPDX-License-Identifier: Apache-2.0

package page

import (
	"slices"

	v1 "gatewayresponses/internal/server/v1"
)

// replyGroup are replies in which the same changes.
type replyGroup struct {
	// Types, Routes and Media are those of the replies, each once: no route is named for requests that say nothing of where they go, and
	// no media type where there is no choice.
	Types, Routes, Media []string
	// Count is how many replies there are.
	Count int
	// Before and After are the status, Headers and Body lines of a diff.
	Before, After int
	Headers       []string
	Body          string
}

// maxGroups is how many groups of replies a page shows.
const maxGroups = 40

// shownReplies are the replies that change, as a page shows them.
type shownReplies struct {
	Changed, Unchanged int
	Notes              []string
	Groups             []replyGroup
	// More is how many groups are left out.
	More int
}

// grouped puts the replies together in which the same changes. They stand behind each other.
func grouped(replies *v1.ChangedReplies) shownReplies {
	shown := shownReplies{Changed: replies.Changed, Unchanged: replies.Unchanged, Notes: replies.Notes}
	var last *replyGroup
	for i := range replies.Changes {
		c := &replies.Changes[i]
		if last == nil || last.Before != c.Before.Status || last.After != c.After.Status || last.Body != c.Body || !slices.Equal(last.Headers, c.Headers) {
			shown.Groups = append(shown.Groups, replyGroup{Before: c.Before.Status, After: c.After.Status, Headers: c.Headers, Body: c.Body})
			last = &shown.Groups[len(shown.Groups)-1]
		}
		last.Count++
		last.Types, last.Routes, last.Media = with(last.Types, c.Type), with(last.Routes, c.Route), with(last.Media, c.MediaType)
	}
	if shown.More = len(shown.Groups) - maxGroups; shown.More > 0 {
		shown.Groups = shown.Groups[:maxGroups]
	}
	return shown
}

// with is a list that has a text once, unless that is empty.
func with(list []string, text string) []string {
	if text == "" || slices.Contains(list, text) {
		return list
	}
	return append(list, text)
}
