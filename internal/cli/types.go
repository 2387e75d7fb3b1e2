// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"gatewayresponses/config"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/typetable"
)

func newTypes(a *app) *cobra.Command {
	var format, emulate string
	cmd := &cobra.Command{
		Use:   "types [TYPE...]",
		Short: "List which error of Envoy has which type",
		Long: `types lists the gateway response types, each with the errors of Envoy that have it: by their response code details, by a response
flag where the details are not known, or by their status alone. "proven" are the versions of Envoy that sent such a reply to
a test. With TYPE it lists these types alone.`,
		Example: "  gwr types\n  gwr types UNAUTHORIZED --emulate aws",
		RunE: func(_ *cobra.Command, names []string) error {
			table, err := typetable.Read()
			if err != nil {
				return err
			}
			types, err := typesCalled(names)
			if err != nil {
				return usage(err)
			}
			if format == "json" {
				return a.json(struct {
					Types []typeRow `json:"types"`
					typetable.Table
				}{typeRows(types), only(table, types)})
			}
			_, err = io.WriteString(a.out, typesText(types, table, emulate == string(config.EmulateAWS)))
			return err
		},
	}
	addFormat(cmd, &format, "text", "json")
	addChoice(cmd, &emulate, "emulate", "gateway", "whose types to list as text", string(config.EmulateAWS))
	return cmd
}

// typeRow is a type with the status that AWS gives it, 0 for none.
type typeRow struct {
	Type          config.ResponseType `json:"type"`
	DefaultStatus int                 `json:"defaultStatus,omitempty"`
}

// typeRows are types with their statuses.
func typeRows(types []config.ResponseType) []typeRow {
	rows := make([]typeRow, len(types))
	for i, t := range types {
		rows[i] = typeRow{t, t.DefaultStatus()}
	}
	return rows
}

// typesCalled are the types with these names, all without one.
func typesCalled(names []string) ([]config.ResponseType, error) {
	if len(names) == 0 {
		return config.ResponseTypes(), nil
	}
	var types []config.ResponseType
	for _, name := range names {
		t := typeCalled(name)
		if err := exchange.CheckType(t, &config.Document{}); err != nil {
			return nil, err
		}
		types = append(types, t)
	}
	return types, nil
}

// anyFamily stands in the table for both DEFAULT_4XX and DEFAULT_5XX.
const anyFamily = "DEFAULT_*"

// is reports whether what the table calls a type is t.
func is(written string, t config.ResponseType) bool {
	return written == string(t) || written == anyFamily && strings.HasPrefix(string(t), "DEFAULT_")
}

// only is the part of the table that is about types.
func only(table typetable.Table, types []config.ResponseType) typetable.Table {
	if len(types) == len(config.ResponseTypes()) {
		return table
	}
	has := func(t typetable.Types) bool {
		return slices.ContainsFunc(types, func(wanted config.ResponseType) bool { return is(t.Type, wanted) || is(t.AWS, wanted) })
	}
	return typetable.Table{
		Details:     slices.DeleteFunc(table.Details, func(r typetable.Details) bool { return !has(r.Types) }),
		Flags:       slices.DeleteFunc(table.Flags, func(r typetable.Flag) bool { return !has(r.Types) }),
		SilentFlags: []typetable.SilentFlag{},
		Statuses:    slices.DeleteFunc(table.Statuses, func(r typetable.Status) bool { return !has(typetable.Types{Type: r.Type}) }),
	}
}

// typesText is each type with the errors that have it, in AWS's dialect or in Envoy's.
func typesText(types []config.ResponseType, table typetable.Table, aws bool) string {
	chapters := make([]string, len(types))
	for i, t := range types {
		title := string(t)
		if status := t.DefaultStatus(); status != 0 {
			title += fmt.Sprintf(" (AWS sends %d)", status)
		}
		chapters[i] = title + "\n" + typeLines(t, table, aws)
	}
	return strings.Join(chapters, "\n")
}

// typeLines are the errors of a type.
func typeLines(t config.ResponseType, table typetable.Table, aws bool) string {
	in := func(types typetable.Types) bool {
		if aws {
			return is(types.AWS, t)
		}
		return is(types.Type, t)
	}
	var rows [][]string
	for _, r := range table.Details {
		if in(r.Types) {
			rows = append(rows, []string{"details " + r.Pattern, statusWord(r.Status), strings.Join(r.SentBy, ", "), "proven " + r.Proven, remark(r)})
		}
	}
	for _, r := range table.Flags {
		if in(r.Types) {
			rows = append(rows, []string{"flag " + r.Flag, statusWord(r.Status), "", "", r.Remark})
		}
	}
	for _, r := range table.Statuses {
		if r.Type == string(t) {
			rows = append(rows, []string{fmt.Sprintf("status %d", r.Status), "", "", "", "when neither details nor flags name a type"})
		}
	}
	if rows == nil {
		return "  nothing in Envoy raises it; let a rule of \"classification\" name it, or its producer declare it\n"
	}
	return listing.Table("  ", rows)
}

// remark says when such replies are left, and what else there is to say of them.
func remark(r typetable.Details) string {
	left := map[string]string{"always": "left", "withBody": "left if it has a body"}[r.Left]
	if left == "" || r.Remark == "" {
		return left + r.Remark
	}
	return left + "; " + r.Remark
}

// statusWord is a status that a row is for.
func statusWord(status int) string {
	if status == 0 {
		return ""
	}
	return fmt.Sprintf("with %d", status)
}
