// SPDX-License-Identifier: Apache-2.0

package control

import (
	"context"
	"slices"
	"time"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/store"
)

// ConsentRequired is the setting of a gateway whose new revisions wait until somebody else than those who caused them consents.
const ConsentRequired = "required"

// maxAuthors is how many callers may change a gateway before somebody consents.
const maxAuthors = 1_000

// author is who caused a change, for telling whether somebody else consents.
type author struct {
	Name string `json:"name"`
	// Key and Person are as in Caller.
	Key    string `json:"key,omitempty"`
	Person string `json:"person,omitempty"`
}

// author is who the caller is, whatever becomes of the key.
func (c Caller) author() author { return author{Name: c.Name, Key: c.Key, Person: c.Person} }

// same reports whether two may be one person. People who signed in are told apart by that. Of keys one person may have several, so that
// names count, too.
func (a author) same(b author) bool {
	if a.Person != "" && b.Person != "" {
		return a.Person == b.Person
	}
	return a.Name == b.Name || a.Key != "" && a.Key == b.Key
}

// consent is the record of what was consented to on a gateway that asks for it, and of what waits.
type consent struct {
	Given Consented `json:"given"`
	// Content is the hash of the revision that was consented to, without its number.
	Content string `json:"content"`
	// Waits is what came since, and waits.
	Waits *due `json:"waits,omitempty"`
	// Held are the revisions that nobody has consented to, oldest first.
	Held []int64 `json:"held,omitempty"`
	// Ends is who wants that nobody is asked any more.
	Ends *author `json:"ends,omitempty"`
	// EndsSince is since when.
	EndsSince time.Time `json:"endsSince,omitzero"`
}

// Consented says to which revision somebody consented.
type Consented struct {
	Revision int64 `json:"revision"`
	// By is who did it, Why what they said to it. They are empty for what was there before the gateway asked for consent.
	By  string    `json:"by,omitempty"`
	Why string    `json:"why,omitempty"`
	At  time.Time `json:"at"`
}

// ConsentInput is what Consent takes.
type ConsentInput struct {
	// Revision is the newest, which the caller has looked at.
	Revision int64
	// Ends consents, too, to that the gateway asks for no consent any more.
	Ends bool
	Why  string
}

// Consent lets a gateway go on to its newest revision, in the way that its rollout plan says, as somebody else than those who caused it
// since the last consent.
func (c *Control) Consent(ctx context.Context, by Caller, gateway string, in ConsentInput) (Standing, error) {
	if len(in.Why) > maxWhy {
		return Standing{}, apigateway.BadRequest("the reason has %d bytes, and %d is the most", len(in.Why), maxWhy)
	}
	return c.steer(ctx, by, "Consent", gateway, func(t *change, s *standing, g Gateway) error {
		if err := s.mayConsent(by, gateway, in); err != nil {
			return err
		}
		s.Consent.accept(s, Consented{Revision: s.Newest, By: by.Name, Why: in.Why, At: c.options.Now().UTC()})
		if in.Ends {
			if err := t.endConsent(s, &g); err != nil {
				return err
			}
		}
		c.bring(s, g)
		return nil
	})
}

// mayConsent refuses consent to what is not there any more, and to what the caller caused.
func (s *standing) mayConsent(by Caller, gateway string, in ConsentInput) error {
	switch {
	case s.Consent == nil:
		return apigateway.Conflict("the gateway %q asks for no consent", gateway)
	case in.Revision != s.Newest:
		return apigateway.Conflict("revision %d is the newest of the gateway %q, not %d; look at that before you consent", s.Newest, gateway, in.Revision)
	case in.Ends && s.Consent.Ends == nil:
		return apigateway.Conflict("nobody wants that the gateway %q asks for no consent any more; who does changes its settings before", gateway)
	case !in.Ends && s.Consent.Waits == nil:
		return apigateway.Conflict("nothing waits for consent on the gateway %q", gateway)
	case s.Consent.isOf(by, in.Ends):
		return apigateway.Denied("%s caused some of what waits on the gateway %q, so that somebody else has to consent, by another key and of another name", by.Name, gateway)
	}
	return nil
}

// isOf reports whether a caller caused some of what waits, or of who wants that nobody is asked any more.
func (w *consent) isOf(by Caller, ends bool) bool {
	return w.Waits != nil && slices.ContainsFunc(w.Waits.Authors, by.author().same) || ends && w.Ends != nil && by.author().same(*w.Ends)
}

// accept takes note that the newest revision is consented to. Those between stay held: nobody has looked at them.
func (w *consent) accept(s *standing, given Consented) {
	w.Given, w.Content, w.Waits = given, s.Content, nil
	w.Held = slices.DeleteFunc(w.Held, func(number int64) bool { return number == given.Revision })
}

// made takes note of the newest revision: it waits, unless it says the same as the one that was consented to.
func (w *consent) made(s *standing, waited due) {
	if s.Content == w.Content {
		given := w.Given
		given.Revision = s.Newest
		w.accept(s, given)
		return
	}
	if w.Waits == nil {
		w.Waits = &due{At: waited.Causes[0].At}
	}
	w.Waits.add(waited)
	w.Held = append(w.Held, s.Newest)
}

// goal is the revision that a gateway is to go to: the newest one, if nobody has to consent before.
func (s *standing) goal() int64 {
	if s.Consent != nil {
		return s.Consent.Given.Revision
	}
	return s.Newest
}

// isHeld reports whether a revision is one that nobody has consented to.
func (s *standing) isHeld(number int64) bool {
	return s.Consent != nil && slices.Contains(s.Consent.Held, number)
}

// crowded refuses a change of a gateway that too many have changed since somebody consented.
func (s *standing) crowded(gateway string) error {
	authors := 0
	if s.Due != nil {
		authors = len(s.Due.Authors)
	}
	if s.Consent != nil && s.Consent.Waits != nil {
		authors += len(s.Consent.Waits.Authors)
	}
	if authors > maxAuthors {
		return apigateway.OverLimit("%d callers have changed the gateway %q since somebody consented; have that consented to before", authors, gateway)
	}
	return nil
}

// keepConsent puts what a gateway is to say of consent into force. That consent is asked for holds at once, and what is there needs none.
// That it is asked for no more waits for the consent of somebody else, as one could do without it by that; g has what holds.
func (c *Control) keepConsent(t *change, by Caller, g *Gateway, before Gateway) error {
	if g.Consent == "" && before.Consent == "" {
		return nil
	}
	s, err := readStanding(t, g.Name)
	if err != nil {
		return err
	}
	now := c.options.Now().UTC()
	switch {
	case s.Consent == nil:
		s.Consent = &consent{Given: Consented{Revision: s.Newest, At: now}, Content: s.Content}
		return t.putStanding(g.Name, s)
	case g.Consent != "" && s.Consent.Ends != nil:
		s.Consent.Ends, s.Consent.EndsSince = nil, time.Time{}
	case g.Consent == "":
		g.Consent = before.Consent
		if s.Consent.Ends != nil {
			return nil
		}
		who := by.author()
		s.Consent.Ends, s.Consent.EndsSince = &who, now
	default:
		return nil
	}
	return t.put(standingKey(g.Name), "", s)
}

// endConsent lets a gateway ask for no consent any more.
func (t *change) endConsent(s *standing, g *Gateway) error {
	s.Consent, g.Consent = nil, ""
	return t.put(gatewayKey(g.Name), "", g)
}

// Waiting is what waits for the consent of somebody else than those who caused it.
type Waiting struct {
	// Revision is the newest revision, which consent is given to.
	Revision int64 `json:"revision"`
	// Since is when the first of what waits came.
	Since time.Time `json:"since"`
	// Causes are what made it since the last consent, oldest first, and Unlisted is how many more there were. Authors are the names of all
	// who caused it. Only who may read all APIs sees them.
	Causes   []Cause  `json:"causes,omitempty"`
	Unlisted int      `json:"unlisted,omitempty"`
	Authors  []string `json:"authors,omitempty"`
	// Ends reports that the gateway is to ask for no consent any more, which takes consent as well; EndsBy is the name of who wants it.
	Ends   bool   `json:"ends,omitempty"`
	EndsBy string `json:"endsBy,omitempty"`
	// Own reports that the caller caused some of it, and OwnEnd that the caller is who wants the end: somebody else has to consent.
	Own    bool `json:"own,omitempty"`
	OwnEnd bool `json:"ownEnd,omitempty"`
}

// waiting is what a caller sees of what waits, nil if nothing does.
func (s *standing) waiting(by Caller, mayReadAll bool) *Waiting {
	if s.Consent == nil || s.Consent.Waits == nil && s.Consent.Ends == nil {
		return nil
	}
	w := &Waiting{Revision: s.Newest, Since: s.Consent.EndsSince, Own: s.Consent.isOf(by, false)}
	if ends := s.Consent.Ends; ends != nil {
		w.Ends, w.EndsBy, w.OwnEnd = true, ends.Name, ends.same(by.author())
	}
	if waits := s.Consent.Waits; waits != nil {
		w.Since = waits.At
		if mayReadAll {
			w.Causes, w.Unlisted = waits.Causes, waits.Unlisted
			for _, a := range waits.Authors {
				w.Authors = append(w.Authors, a.Name)
			}
			slices.Sort(w.Authors)
			w.Authors = slices.Compact(w.Authors)
		}
	}
	return w
}

// asksForConsent refuses to remove a gateway that asks for consent: another one could be made in its place that does not.
func asksForConsent(r store.Reader, name string) error {
	g, err := readGateway(r, name)
	if err == nil && g.Consent != "" {
		return apigateway.Conflict("the gateway %q asks for consent; let it ask for none before, which takes consent as well", name)
	}
	return err
}
