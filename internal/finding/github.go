// SPDX-License-Identifier: Apache-2.0

package finding

import (
	"fmt"
	"io"
	"strings"

	"gatewayresponses/internal/catalogue"
)

// GitHub writes findings as workflow commands of GitHub Actions, which shows them as annotations of the changed lines.
// Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
func (l List) GitHub(w io.Writer) error {
	var columns characters
	for _, f := range l {
		command := map[Severity]string{Error: "error", Warning: "warning"}[f.Severity]
		if command == "" {
			command = "notice"
		}
		var properties []string
		if f.File != "" {
			properties = append(properties, "file="+escapeProperty.Replace(f.File))
		}
		if f.Line > 0 {
			properties = append(properties, fmt.Sprintf("line=%d,col=%d", f.Line, columns.of(f.Place)))
		}
		text := f.Words()
		if entry, ok := catalogue.Of(f.Code); ok {
			properties = append(properties, "title="+escapeProperty.Replace(f.Code.String()+" "+entry.Title))
			text += "\n" + catalogue.Link(f.Code)
		}
		if _, err := fmt.Fprintf(w, "::%s::%s\n", strings.TrimSpace(command+" "+strings.Join(properties, ",")), escapeData.Replace(text)); err != nil {
			return err
		}
	}
	return nil
}

// How workflow commands write what would end them, or a property of them.
// Source: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts
var (
	escapeData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
