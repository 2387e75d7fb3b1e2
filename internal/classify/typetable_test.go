// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"
	"testing"

	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/typetable"
)

// TestTypeTable holds that package typetable has the tables as they are, and as docs/classification.md shows them.
func TestTypeTable(t *testing.T) {
	var all typetable.Table
	sources := readSources(t)
	for _, family := range table {
		for i := range family.rows {
			r := &family.rows[i]
			from := sources[r]
			all.Details = append(all.Details, typetable.Details{
				Family: family.title, Pattern: r.pattern, Status: r.status, Types: r.types.named(), Broader: string(r.broader),
				Left: r.left(), SentBy: append([]string{}, from.filters...), Seen: from.seenCell(), Proven: from.provenCell(), Remark: r.remark,
			})
		}
	}
	for _, r := range flagTable {
		all.Flags = append(all.Flags, typetable.Flag{Flag: r.flag, Status: r.status, Types: r.types.named(), Remark: r.remark})
	}
	for _, r := range silentFlags {
		all.SilentFlags = append(all.SilentFlags, typetable.SilentFlag{Flag: r.flag, Why: r.why})
	}
	for _, r := range statuses {
		all.Statuses = append(all.Statuses, typetable.Status{Status: r.status, Type: string(r.responseType)})
	}
	golden.File(t, "../typetable/table.json", "{\n"+strings.Join([]string{
		jsonRows(t, "details", all.Details), jsonRows(t, "flags", all.Flags), jsonRows(t, "silentFlags", all.SilentFlags), jsonRows(t, "statuses", all.Statuses),
	}, ",\n")+"\n}\n")
}

// jsonRows is a member of a JSON object, a row a line.
func jsonRows[T any](t *testing.T, name string, rows []T) string {
	t.Helper()
	lines := make([]string, len(rows))
	for i, row := range rows {
		var b strings.Builder
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		if err := e.Encode(row); err != nil {
			t.Fatal(err)
		}
		lines[i] = strings.TrimSpace(b.String())
	}
	return strconv.Quote(name) + ": [\n" + strings.Join(lines, ",\n") + "\n]"
}

// named are the types as typetable has them.
func (t types) named() typetable.Types {
	return typetable.Types{Type: string(t.envoy), AWS: string(cmp.Or(t.aws, t.envoy))}
}

// left says when replies of the row are left as typetable has it.
func (r *row) left() string {
	switch r.author {
	case somebody, upstream:
		return "always"
	case somebodyIfBody:
		return "withBody"
	default:
		return ""
	}
}
