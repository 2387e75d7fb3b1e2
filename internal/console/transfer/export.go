// SPDX-License-Identifier: Apache-2.0

package transfer

import (
	"cmp"
	"errors"
	"mime"
	"net/http"
	"strings"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// exportShown is what the page shows that gives an API out.
type exportShown struct {
	API    v1.API
	Stages []v1.Stage
	// Stage is the stage that is given out, "" for the working copy. Format and Syntax are those of the API of the server.
	Stage, Format, Syntax string
	Definition            v1.Definition
}

// exported reads what is given out.
func exported(v *page.Visit) (shown exportShown, err error) {
	id := v.PathValue("api")
	shown = exportShown{Stage: v.FormValue("stage"), Format: cmp.Or(v.FormValue("format"), "oas30"), Syntax: cmp.Or(v.FormValue("syntax"), "yaml")}
	path := []string{"apis", id, "definition"}
	if shown.Stage != "" {
		path = []string{"apis", id, "stages", shown.Stage, "definition"}
	}
	return shown, errors.Join(v.API.Get(&shown.API, "apis", id), v.API.List(&shown.Definition, []string{"format", shown.Format, "syntax", shown.Syntax}, path...))
}

// exportPage is the page that gives an API out, with what AWS makes of it.
func exportPage(v *page.Visit) error {
	shown, err := exported(v)
	if err != nil {
		return err
	}
	var stages v1.Stages
	if err := v.API.Get(&stages, "apis", v.PathValue("api"), "stages"); err != nil {
		return err
	}
	shown.Stages = stages.Items
	return v.Show(http.StatusOK, templates["export.html"], shown)
}

// exportFile is an API as a file.
func exportFile(v *page.Visit) error {
	shown, err := exported(v)
	if err != nil {
		return err
	}
	return file(v, shown.API.Name+"-"+cmp.Or(shown.Stage, "working-copy"), shown.Syntax, []byte(shown.Definition.Text))
}

// documentFile is the document that the nodes of a gateway are to run, as a file: gwr emit takes it as it is.
func documentFile(v *page.Visit) error {
	gateway := v.PathValue("gateway")
	var text []byte
	if err := v.API.Get(&text, "gateways", gateway, "document"); err != nil {
		return err
	}
	return file(v, gateway, "json", text)
}

// file answers with a text that browsers save.
func file(v *page.Visit, name, syntax string, text []byte) error {
	header := v.W.Header()
	header.Set("Content-Type", "application/"+syntax)
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": fileName(name) + "." + syntax}))
	_, _ = v.W.Write(text) // a client that is gone needs no answer
	return nil
}

// maxFileName is how long the name of a file is, in bytes, without its ending.
const maxFileName = 100

// fileName is a name that every system takes for that of a file, and no browser for a path.
func fileName(name string) string {
	safe := strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-_.", c) {
			return c
		}
		return '_'
	}, name)
	safe = strings.TrimLeft(safe, ".-")
	return cmp.Or(safe[:min(len(safe), maxFileName)], "export")
}
