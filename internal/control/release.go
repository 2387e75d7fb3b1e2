// SPDX-License-Identifier: Apache-2.0

package control

import (
	"slices"
	"time"

	"gatewayresponses/internal/build"
	"gatewayresponses/internal/control/assemble"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/store"
)

// together is the time within which changes share a revision. The first one has its own at once.
const together = time.Second

// due is what waits, to become a revision or for consent. It is compiled already.
type due struct {
	// At is when it becomes a revision, or since when it waits for consent.
	At       time.Time `json:"at"`
	Causes   []Cause   `json:"causes"`
	Unlisted int       `json:"unlisted,omitempty"`
	// Authors are all who caused it, those of causes that are not listed included.
	Authors []author `json:"authors,omitempty"`
}

// maxCauses is how many causes of a revision are listed.
const maxCauses = 20

// add adds what waits, too.
func (d *due) add(other due) {
	listed := min(len(other.Causes), max(0, maxCauses-len(d.Causes)))
	d.Causes = append(d.Causes, other.Causes[:listed]...)
	d.Unlisted += other.Unlisted + len(other.Causes) - listed
	for _, by := range other.Authors {
		if !slices.Contains(d.Authors, by) {
			d.Authors = append(d.Authors, by)
		}
	}
}

// release brings what has changed to gateways. Their documents are assembled and compiled; one that does not work is a Problem, which
// undoes the change. A document that is new becomes a revision, at once or, when there was one within the last second, a moment
// later.
func (c *Control) release(t *change, by Caller, cause string, gateways ...string) error {
	at := c.options.Now().UTC()
	for _, gateway := range slices.Compact(slices.Sorted(slices.Values(gateways))) {
		made := due{Causes: []Cause{{By: by.Name, What: cause, At: at}}, Authors: []author{by.author()}}
		if err := c.releaseOne(t, made, gateway); err != nil {
			return err
		}
	}
	return nil
}

func (c *Control) releaseOne(t *change, made due, gateway string) error {
	s, err := readStanding(t, gateway)
	if err != nil {
		return err
	}
	document, err := c.assembled(t, gateway)
	if err != nil {
		return err
	}
	if document.Hash != s.Content {
		if program, found := document.Load(); program == nil {
			// Warnings may be about APIs that the caller may not read.
			return &Problem{Gateway: gateway, Findings: slices.DeleteFunc(found, func(f finding.Finding) bool { return f.Severity != finding.Error })}
		}
	}
	before := s
	if err := c.bringAbout(t, made, gateway, &s, document); err != nil {
		return err
	}
	return t.released(gateway, before, s, document)
}

// bringAbout makes a revision of a document that compiles, at once or soon, unless the newest says the same.
func (c *Control) bringAbout(t *change, made due, gateway string, s *standing, document *assemble.Document) error {
	switch {
	case document.Hash == s.Content:
		if s.Due == nil {
			return nil
		}
		s.Due = nil // what waited was taken back
	case t.dry:
		if err := c.newRevision(t, gateway, s, document, made); err != nil {
			return err
		}
	case s.Due != nil:
		s.Due.add(made)
	case made.Causes[0].At.Sub(s.Made) < together:
		made.At = s.Made.Add(together)
		s.Due = &made
	default:
		if err := c.newRevision(t, gateway, s, document, made); err != nil {
			return err
		}
	}
	if err := s.crowded(gateway); err != nil {
		return err
	}
	return t.putStanding(gateway, *s)
}

// assembled is the document of a gateway as the records have it now. Whether it compiles is not known yet.
func (c *Control) assembled(r store.Reader, gateway string) (*assemble.Document, error) {
	in, err := c.inputOf(r, gateway)
	if err != nil {
		return nil, err
	}
	return documentOf(in)
}

// inputOf is what the document of a gateway is made of.
func (c *Control) inputOf(r store.Reader, gateway string) (in assemble.Input, err error) {
	g, err := lookupGateway(r, gateway)
	if err != nil {
		return in, err
	}
	in = assemble.Input{Gateway: gateway, Account: c.options.Account, For: build.Version(g.Plugin.Version)}
	if in.Stages, err = c.boundStages(r, gateway); err != nil {
		return in, err
	}
	in.Base, err = readBase(r, gateway)
	return in, err
}

// documentOf is a document, or what keeps it from being written.
func documentOf(in assemble.Input) (*assemble.Document, error) {
	document, found := assemble.Write(in)
	if document == nil {
		return nil, &Problem{Gateway: in.Gateway, Findings: found}
	}
	return document, nil
}

// newRevision makes a revision of a document that compiles.
func (c *Control) newRevision(t *change, gateway string, s *standing, document *assemble.Document, waited due) error {
	made, err := t.insertRevision(s, Revision{
		Gateway: gateway, At: c.options.Now().UTC(), Causes: waited.Causes, Unlisted: waited.Unlisted,
	}, document.Text, assemble.Modes{})
	if err != nil {
		return err
	}
	s.Newest, s.Content, s.Made, s.Due = made.Number, document.Hash, made.At, nil
	if made.Bytes >= assemble.Full && !t.dry {
		c.options.Log.Warn("a document is nearly full", "gateway", gateway, "bytes", made.Bytes, "limit", assemble.Limit, "heaviest", document.Weights[0].Stage)
	}
	g, err := lookupGateway(t, gateway)
	if err != nil {
		return err
	}
	if s.Consent != nil {
		s.Consent.made(s, waited)
	}
	if s.goal() == s.Newest {
		c.bring(s, g)
	}
	if err := c.settle(t, gateway, s, made.Causes[len(made.Causes)-1]); err != nil {
		return err
	}
	return t.prune(gateway, s)
}
