// SPDX-License-Identifier: Apache-2.0

package localreply

import (
	"slices"
	"strconv"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
)

// Override is what all replies with some statuses become.
type Override struct {
	Statuses []config.StatusRange
	Mapper
}

// CompileByStatus compiles a document for what knows the status of a reply alone, and not why Envoy made it. known are the replies
// that there are, by patterns of the tables. A status is left out when two of them become of different replies, and when a
// header is set. The findings are as of Compile.
func CompileByStatus(document *config.Document, known []Reply) ([]Override, config.Findings) {
	withoutRules := *document
	withoutRules.Rules = nil
	c, ok := newCompiler(&withoutRules, false)
	if !ok {
		return nil, c.findings
	}
	for i := range document.Rules {
		c.lose(c.key("/classification/"+strconv.Itoa(i)), -1, "what knows the status alone cannot ask the conditions of a rule; what it names gets the replies that it would get without the rule")
	}
	found := map[int]outcome{}
	for s := facts.FirstError; s <= 599; s++ {
		if o, same := c.sameForAll(known, s); same && !o.leaves() {
			found[s] = o
		}
	}
	if len(found) > 0 {
		c.warn(c.key("/gatewayResponses"), "an override takes direct responses, replies of scripts and of services for authorization and rate limits, and replies that docs/classification.md does not list, "+
			"all of which the filter may leave; it drops the headers of a reply, and does not see requests that no route takes")
	}
	var overrides []Override
	for _, p := range c.partsOf(found) {
		overrides = append(overrides, Override{
			Statuses: ranges(p.statuses),
			Mapper:   Mapper{About: p.about, Status: p.outcome.status, Body: p.outcome.body, ContentType: p.outcome.contentType},
		})
	}
	c.findings.Sort()
	return overrides, c.findings
}

// sameForAll is what becomes of all known replies with a status, if that is the same.
func (c *compiler) sameForAll(known []Reply, status int) (o outcome, same bool) {
	var first, firstEntry string
	for _, r := range known {
		if !slices.Contains(r.Statuses, status) {
			continue
		}
		sub := subject{details: []string{r.Details}}
		this := c.outcome(sub, status)
		_, entry := c.outcomeOf(sub.example(status, false))
		switch {
		case first == "":
			o, first, firstEntry = this, r.Details, entry
		case this != o:
			c.reportSplit(status, first, firstEntry, r.Details, entry)
			return outcome{}, false
		}
	}
	if o.headers != "" {
		if at, found := c.entry(firstEntry); found {
			c.loseOnce(at.At, "an override drops all headers of the reply, and how it sets others differs from version to version")
		}
		return outcome{}, false
	}
	return o, first != ""
}

// reportSplit reports a status of which two kinds of replies become of different ones.
func (c *compiler) reportSplit(status int, first, firstEntry, second, secondEntry string) {
	for _, name := range []string{firstEntry, secondEntry} {
		if at, found := c.entry(name); found {
			c.loseOnce(at.At, "the status "+strconv.Itoa(status)+" stands for "+quote.Text(first)+" and "+quote.Text(second)+", which get different replies")
			return
		}
	}
}
