// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/typetable"
)

// TestPage holds that docs/classification.md shows the tables as they are.
func TestPage(t *testing.T) {
	intro, err := os.ReadFile("testdata/page-intro.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(intro) + provenCount(t)
	sources := readSources(t)
	for _, family := range table {
		text += section(family.title, family.about, familyTable(family, sources))
	}
	text += section("Flags", "For details that no row knows. Several flags can be set at once; the first row counts.", flagsTable())
	text += section("Flags that name no type", "", silentTable())
	text += section("Statuses", "For replies without such a flag. Every other status is DEFAULT_4XX or DEFAULT_5XX.", statusTable())
	golden.File(t, "../../docs/classification.md", text)
}

func section(title, about string, lines [][]string) string {
	text := "\n## " + title + "\n\n"
	if about != "" {
		text += about + "\n\n"
	}
	for i, cells := range lines {
		text += "| " + strings.Join(cells, " | ") + " |\n"
		if i == 0 {
			text += strings.Repeat("|---", len(cells)) + "|\n"
		}
	}
	return text
}

func familyTable(f *family, sources map[*row]source) [][]string {
	lines := [][]string{{"details", "status", "type", "with `emulate: aws`", "sent by", "seen", "proven", "remark"}}
	for i := range f.rows {
		r := &f.rows[i]
		from := sources[r]
		lines = append(lines, []string{
			"`" + r.pattern + "`", statusCell(r.status), r.typeCell(), r.types.awsCell(),
			strings.Join(from.filters, ", "), from.pageCell(), from.provenCell(), r.remarkCell(),
		})
	}
	return lines
}

func statusCell(status int) string {
	if status == 0 {
		return "any"
	}
	return strconv.Itoa(status)
}

func (r *row) typeCell() string {
	switch {
	case r.author == upstream:
		return "none"
	case r.broader != "":
		return string(r.types.envoy) + ", else " + string(r.broader)
	default:
		return typeCell(r.types.envoy)
	}
}

func typeCell(t config.ResponseType) string {
	switch t {
	case "":
		return "by status"
	case anyFamily:
		return "`" + string(anyFamily) + "`"
	default:
		return string(t)
	}
}

func (t types) awsCell() string {
	if t.aws == "" {
		return "same"
	}
	return string(t.aws)
}

func (r *row) remarkCell() string {
	remarks := []string{r.remark}
	switch r.author {
	case somebody, upstream:
		remarks = []string{"*left*", r.remark}
	case somebodyIfBody:
		remarks = []string{"*left if it has a body*", r.remark}
	}
	return strings.Join(slices.DeleteFunc(remarks, func(remark string) bool { return remark == "" }), "; ")
}

// source is where the replies of a row come from.
type source struct {
	filters []string
	// seen and unseen report whether the filter sees some of them, and whether it misses some.
	seen, unseen bool
	proof
}

func (s source) seenCell() string {
	switch {
	case s.seen && s.unseen:
		return "some"
	case s.seen:
		return "yes"
	default:
		return "no"
	}
}

// pageCell is seenCell with what the dynamic module sees beyond that: all that Envoy answers before the chain of filters. The codec
// answers nowhere else; the connection manager answers elsewhere, too, when a reply is on its way.
func (s source) pageCell() string {
	row := typetable.Details{SentBy: s.filters}
	codec := !slices.ContainsFunc(s.filters, func(name string) bool { return !strings.HasPrefix(name, "codec_") })
	switch {
	case s.unseen && !s.seen && row.IsBefore():
		return "module"
	case s.unseen && codec:
		return "some; module all"
	}
	return s.seenCell()
}

// readSources reads from the facts which replies each row is for.
func readSources(t *testing.T) map[*row]source {
	t.Helper()
	sources := map[*row]source{}
	known := readProofs(t)
	for _, example := range readExamples(t) {
		r := find(example.reply.Details, example.reply.Status)
		if r == nil || example.entry.Status == "-" {
			continue
		}
		from := sources[r]
		for name := range strings.SplitSeq(example.entry.Filter, "|") {
			name, _, _ = strings.Cut(name, "(")
			if !slices.Contains(from.filters, name) {
				from.filters = append(from.filters, name)
			}
		}
		from.seen = from.seen || example.entry.Seen != "no"
		from.unseen = from.unseen || !strings.HasPrefix(example.entry.Seen, "yes") || strings.Contains(example.entry.Seen, "no(")
		from.add(example.entry, known)
		sources[r] = from
	}
	return sources
}

func flagsTable() [][]string {
	lines := [][]string{{"flag", "status", "type", "with `emulate: aws`", "remark"}}
	for _, r := range flagTable {
		lines = append(lines, []string{r.flag, statusCell(r.status), typeCell(r.types.envoy), r.types.awsCell(), r.remark})
	}
	return lines
}

func silentTable() [][]string {
	lines := [][]string{{"flag", "why"}}
	for _, r := range silentFlags {
		lines = append(lines, []string{r.flag, r.why})
	}
	return lines
}

func statusTable() [][]string {
	lines := [][]string{{"status", "type"}}
	for _, r := range statuses {
		lines = append(lines, []string{strconv.Itoa(r.status), string(r.responseType)})
	}
	return lines
}
