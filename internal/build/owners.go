// SPDX-License-Identifier: Apache-2.0

package build

import (
	"slices"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/glob"
	"gatewayresponses/internal/jsonread"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/source"
)

// Owners says which file may say what. docs/build.md describes the file that it is read from.
type Owners struct {
	// folder is that of the owners file: names of files are compared from there.
	folder string
	// platform are globs on the files that may say everything.
	platform []string
	teams    []team
}

// team may say things about its own hosts and routes.
type team struct {
	name string
	// files are globs on the team's files, routes on the names of its routes.
	files, routes []string
	// hosts are the hosts that its routes may match, or "*." and what stands behind.
	hosts []string
}

// ReadOwners reads an owners file, which stands in folder. It is nil when one of the findings is an error.
func ReadOwners(folder string, document *source.Document) (*Owners, finding.List) {
	r := &ownersReader{}
	owners := &Owners{folder: folder}
	root := document.Root()
	if root == nil {
		return nil, finding.List{{Code: code.BadOwners, Severity: finding.Error, Place: finding.Place{File: document.Name}, Message: "the owners file is not JSON"}}
	}
	r.object(root, "", "platform", "teams")
	if platform := root.Find("platform"); platform != nil {
		r.object(platform, "platform", "files")
		owners.platform = r.list(platform, "platform", "files")
	}
	if teams := root.Find("teams"); teams != nil && r.isObject(teams, "teams") {
		for _, m := range teams.Members {
			path := jsonread.Below("teams", m.Key.Text)
			r.object(m.Value, path, "files", "hosts", "routes")
			owners.teams = append(owners.teams, team{
				name:   m.Key.Text,
				files:  r.list(m.Value, path, "files"),
				hosts:  r.list(m.Value, path, "hosts"),
				routes: r.list(m.Value, path, "routes"),
			})
		}
	}
	if r.found.HasErrors() {
		return nil, r.found
	}
	return owners, nil
}

// ownersReader gathers what is wrong with an owners file.
type ownersReader struct{ report }

func (r *ownersReader) isObject(v *source.Value, path string) bool {
	if v.Kind != source.Object {
		r.fail(code.BadOwners, v, path, "found "+shown(v)+"; want an object")
	}
	return v.Kind == source.Object
}

// object reports what is no object, and keys that are none of names or stand there twice.
func (r *ownersReader) object(v *source.Value, path string, names ...string) {
	if !r.isObject(v, path) {
		return
	}
	seen := map[string]bool{}
	for _, m := range v.Members {
		name := m.Key.Text
		switch {
		case !slices.Contains(names, name) && !config.IsExtension(name):
			r.fail(code.BadOwners, m.Key, jsonread.Below(path, name), "unknown key "+quote.Text(name)+"; want "+jsonread.Listed(names))
		case seen[name]:
			r.fail(code.BadOwners, m.Key, jsonread.Below(path, name), "the key stands in this object twice; remove one of them")
		}
		seen[name] = true
	}
}

// list is a list of texts, which must not be empty.
func (r *ownersReader) list(v *source.Value, path, name string) []string {
	list := v.Find(name)
	path = jsonread.Below(path, name)
	switch {
	case list == nil && v.Kind == source.Object:
		r.fail(code.BadOwners, v, path, "the key "+quote.Text(name)+" is missing; it is a list")
		return nil
	case list == nil:
		return nil
	case list.Kind != source.Array || len(list.Elements) == 0:
		r.fail(code.BadOwners, list, path, "want a list of texts with at least one")
		return nil
	}
	texts := make([]string, 0, len(list.Elements))
	for _, element := range list.Elements {
		if element.Kind != source.String || element.Text == "" {
			r.fail(code.BadOwners, element, path, "found "+shown(element)+"; want a text")
			continue
		}
		texts = append(texts, element.Text)
	}
	return texts
}

// Check finds what a file says and may not. Nil owners allow everything.
func (o *Owners) Check(file *source.Document) finding.List {
	if o == nil {
		return nil
	}
	var owners []team
	platform := false
	if name, err := source.Relative(o.folder, file.Name); err == nil {
		owners = slices.DeleteFunc(slices.Clone(o.teams), func(t team) bool { return !anyGlob(t.files, name) })
		platform = anyGlob(o.platform, name)
	}
	switch {
	case platform && len(owners) == 0:
		return nil
	case !platform && len(owners) == 1:
		c := &teamCheck{team: owners[0]}
		c.root(file.Root())
		return c.found
	}
	message := "the owners file gives this file to nobody; add it to the files of a team, or to those of the platform"
	if platform || len(owners) > 0 {
		message = "the owners file gives this file to several; leave it to one of them"
	}
	return finding.List{{Code: code.NoOwner, Severity: finding.Error, Place: finding.Place{File: file.Name}, Message: message}}
}

func anyGlob(globs []string, text string) bool {
	return slices.ContainsFunc(globs, func(pattern string) bool { return glob.Match(pattern, text) })
}
