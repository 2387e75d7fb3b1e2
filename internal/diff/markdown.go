// SPDX-License-Identifier: Apache-2.0

package diff

import (
	"fmt"
	"io"
	"strings"

	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/survey"
)

// maxMarkdown is how many bytes of Markdown are written at most. A comment on GitHub has 65,536 characters.
const maxMarkdown = 65_000

// maxRows is how many rows the table has at most.
const maxRows = 200

// Markdown writes the report as a comment on a pull request: a table, and what changes behind it, collapsed. What does not fit
// into a comment is counted.
func (r *Report) Markdown(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "### What clients will see: %s\n", r.Summary())
	if len(r.Notes) > 0 {
		b.WriteByte('\n')
	}
	for i, note := range r.Notes {
		if b.Len() > maxMarkdown/4 {
			fmt.Fprintf(&b, "- and %d more about routes\n", len(r.Notes)-i)
			break
		}
		b.WriteString("- " + inline(note) + "\n")
	}
	r.table(&b)
	left := r.Changed
	for i := range r.Groups {
		details := r.Groups[i].markdown()
		if b.Len()+len(details) > maxMarkdown {
			fmt.Fprintf(&b, "\nWhat changes in %s is not shown here; gwr diff shows it.\n", listing.Count(left, "more reply", "more replies"))
			break
		}
		b.WriteString(details)
		left -= len(r.Groups[i].Changes)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// table writes a row for each reply that changes.
func (r *Report) table(b *strings.Builder) {
	if r.Changed == 0 {
		return
	}
	b.WriteString("\n| type | route | media type | before | after | changes |\n|---|---|---|---|---|---|\n")
	rows := 0
	for i := range r.Groups {
		for j := range r.Groups[i].Changes {
			c := &r.Groups[i].Changes[j]
			if rows++; rows > maxRows || b.Len() > maxMarkdown/2 {
				fmt.Fprintf(b, "| %d more | | | | | |\n", r.Changed-rows+1)
				return
			}
			fmt.Fprintf(
				b, "| %s | %s | %s | %s | %s | %s |\n", inline(c.typeChange()), inline(c.Route), inline(c.Media), brief(&c.Before), brief(&c.After),
				inline(strings.Join(r.Groups[i].parts(), ", ")),
			)
		}
	}
}

// brief is a reply in a cell.
func brief(r *preview.Reply) string {
	text := fmt.Sprint(r.Status)
	if media := survey.MediaType(r); media != "" {
		text += " " + inline(media)
	}
	if !r.Replaced {
		text += ", left"
	}
	return text
}

// markdown writes one group, collapsed.
func (g *Group) markdown() string {
	var b strings.Builder
	whom := g.whom()
	title := whom[0]
	if len(whom) > 1 {
		title += fmt.Sprintf(", and %d more", len(whom)-1)
	}
	fmt.Fprintf(&b, "\n<details><summary>%s: %s</summary>\n\n", html(title), html(g.Status))
	if len(whom) > 1 {
		for _, one := range whom {
			b.WriteString("- " + inline(one) + "\n")
		}
		b.WriteByte('\n')
	}
	text := strings.Join(g.lines(), "\n")
	fence := fenceFor(text)
	fmt.Fprintf(&b, "%sdiff\n%s\n%s\n\n</details>\n", fence, text, fence)
	return b.String()
}

// fenceFor is a fence that no line of the text ends.
func fenceFor(text string) string {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	return fence
}

// html and inline write text where it could mean something to Markdown or HTML.
var (
	htmlEscaper   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", " ", "@", "&#64;")
	inlineEscaper = strings.NewReplacer(
		"&", "&amp;", "<", "&lt;", ">", "&gt;", "\n", " ", "|", `\|`, "*", `\*`, "`", "\\`", "[", `\[`, "]", `\]`, `\`, `\\`, "@", "&#64;", "#", `\#`, "~", `\~`,
	)
)

func html(text string) string { return htmlEscaper.Replace(text) }

func inline(text string) string { return inlineEscaper.Replace(text) }
