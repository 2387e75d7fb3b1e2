// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"fmt"
	"io"
	"strings"

	"gatewayresponses/internal/listing"
)

// Text writes the table of a chain for people.
func (c *Chain) Text(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", c.Name)
	rows := make([][]string, len(c.Producers))
	for i := range c.Producers {
		p := &c.Producers[i]
		rows[i] = []string{p.label(), p.seen(), p.about()}
	}
	b.WriteString(listing.Table("  ", rows))
	if len(c.Unraised) > 0 {
		fmt.Fprintf(&b, "  nothing here raises: %s\n", listing.Words(c.Unraised))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// label is the name, with a mark where only routes switch the filter on.
func (p *Producer) label() string {
	if p.ByRoute {
		return p.Name + " (by route)"
	}
	return p.Name
}

// seen says whether the filter sees the errors.
func (p *Producer) seen() string {
	switch {
	case p.Ours:
		return "-"
	case p.Seen:
		return "seen"
	case len(p.Types) == 0 && p.Note == "":
		return ""
	default:
		return "not seen"
	}
}

// about says what it raises.
func (p *Producer) about() string {
	switch {
	case p.Ours:
		return "the filter"
	case len(p.Types) == 0 && p.Note == "":
		return "no errors of its own"
	case len(p.Types) == 0:
		return p.Note
	case p.Note == "":
		return listing.Words(p.Types)
	default:
		return listing.Words(p.Types) + "; " + p.Note
	}
}
