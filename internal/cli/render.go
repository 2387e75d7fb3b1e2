// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"gatewayresponses/config"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/gallery"
	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/survey"
)

func newRender(a *app) *cobra.Command {
	r := &renderer{app: a}
	cmd := &cobra.Command{
		Use:   "render [DOCUMENT]",
		Short: "Show every reply that a document makes",
		Long: `render makes the reply to a typical error of every type, on every route of the document, in every media type that the entry
has, and to a client of gRPC where the document has the key grpc. Without DOCUMENT, or with -, it is read from stdin.

--out writes them into a folder, which is empty unless there is --force: a file with the whole reply, one with its body, and
index.json, which says what is where. Replies on a route that are the same without the route have no files of their own.

--html writes one page that shows all of them as a client would see them. It opens from disk, asks no network, and shows HTML in
frames where nothing runs; images and styles from elsewhere are not loaded. Without either the replies are printed.`,
		Example: `  gwr render gwr.yaml --html replies.html
  gwr render gwr.yaml --out replies --force
  gwr render gwr.yaml --type THROTTLED`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, names []string) error {
			return r.run(orStdin(names)[0])
		},
	}
	addFormat(cmd, &r.format, "text", "json")
	flags := cmd.Flags()
	flags.StringVar(&r.folder, "out", "", "the `folder` to write the replies to")
	flags.StringVar(&r.page, "html", "", "the `file` to write the page to")
	addForce(cmd, &r.force)
	flags.StringSliceVar(&r.typeNames, "type", nil, "only these `types`, with commas between")
	flags.StringSliceVar(&r.routes, "route", nil, "only these `routes`, with commas between; - is for requests that belong to none")
	return cmd
}

// renderer is one call of gwr render.
type renderer struct {
	*app
	format, folder, page string
	force                bool
	typeNames, routes    []string
	// types are those of typeNames.
	types []config.ResponseType
}

// run renders one document.
func (r *renderer) run(name string) error {
	document, err := r.loadForExchanges(name)
	if err != nil {
		return err
	}
	if err := r.checkNames(document.Config); err != nil {
		return usage(err)
	}
	s := survey.Of(document)
	s.Views = slices.DeleteFunc(s.Views, func(v survey.View) bool { return !r.wants(v.Route, v.Type) })
	s.Unraised = slices.DeleteFunc(s.Unraised, func(u survey.Unraised) bool { return !r.wants(u.Route, u.Type) })
	if err := r.write(shown(name), s); err != nil {
		return err
	}
	switch {
	case r.format == "json":
		return r.json(gallery.IndexOf(shown(name), s))
	case r.folder == "" && r.page == "":
		return r.print(s)
	}
	return nil
}

// wants reports whether the flags ask for a type on a route.
func (r *renderer) wants(route string, t config.ResponseType) bool {
	if route == "" {
		route = noRoute
	}
	return (r.types == nil || slices.Contains(r.types, t)) && (r.routes == nil || slices.Contains(r.routes, route))
}

// noRoute stands for requests that belong to no route.
const noRoute = "-"

// checkNames reads the names of types, and reports a type or a route that does not exist.
func (r *renderer) checkNames(document *config.Document) error {
	for _, name := range r.typeNames {
		t := typeCalled(name)
		if err := exchange.CheckType(t, document); err != nil {
			return fmt.Errorf("--type: %w", err)
		}
		r.types = append(r.types, t)
	}
	for _, name := range r.routes {
		if name != noRoute && !slices.ContainsFunc(document.Routes, func(route config.Route) bool { return route.Name.Value == name }) {
			return fmt.Errorf("--route: the document has no route %q", name)
		}
	}
	return nil
}

// write writes the folder and the page that the flags ask for.
func (r *renderer) write(document string, s survey.Survey) error {
	var outputs []output
	if r.folder != "" {
		if entries, err := os.ReadDir(r.folder); err == nil && len(entries) > 0 && !r.force {
			return usage(fmt.Errorf("the folder %s is not empty; --force writes into it", r.folder))
		}
		files, err := gallery.Files(document, s)
		if err != nil {
			return err
		}
		for _, f := range files {
			outputs = append(outputs, output{filepath.Join(r.folder, filepath.FromSlash(f.Name)), f.Text, r.force})
		}
	}
	folder := len(outputs)
	if r.page != "" {
		text, err := gallery.Page(document, s)
		if err != nil {
			return err
		}
		outputs = append(outputs, output{r.page, text, r.force})
	}
	if err := writeFiles(outputs...); err != nil {
		return err
	}
	if folder > 0 {
		r.say("wrote %s and %s", outputs[0].path, listing.Count(folder-1, "other file", "other files"))
	}
	if r.page != "" {
		r.say("wrote %s", r.page)
	}
	return nil
}

// print prints the replies that the document makes.
func (r *renderer) print(s survey.Survey) error {
	var failed error
	for i := range s.Views {
		v := &s.Views[i]
		if !v.Reply.Replaced || v.SameAsDocument {
			continue
		}
		title := string(v.Type)
		if v.Route != "" {
			title += " on route " + v.Route
		}
		_, err := fmt.Fprintf(r.out, "# %s\n%s\n", title, gallery.Message(v))
		failed = errors.Join(failed, err)
	}
	return failed
}
