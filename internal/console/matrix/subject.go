// SPDX-License-Identifier: Apache-2.0

package matrix

import (
	"encoding/json"
	"errors"
	"net/url"
	"slices"
	"strings"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// subject is whose document a page is about.
type subject struct {
	// Home is the page of the API or the gateway.
	Home string
	// API is the zero API on the page of a gateway. Gateway is "" for an API alone.
	API     v1.API
	Gateway string
	// Gateways are those that serve the API, and Stages are the API's, to choose from. Stage is the one that an API alone is looked at in.
	Gateways, Stages []string
	Stage            string
	// Resources are the paths of the API's resources.
	Resources []string
	// Document is what decides, Before what it is compared with; nil is nothing.
	Document v1.Document
	Before   *v1.Document
	// Routes are those of the document that the page can be about. The last one of a gateway is "", for requests that belong to none.
	Routes []route
}

// route is a route of a document.
type route struct {
	Name string
	// Where says which requests belong to it, API is the API that it serves, "" for none.
	Where, API string
	// IsChanged reports whether its text, or anything beside the routes, is another one in the document that is compared with.
	IsChanged bool
}

// names are the names of routes.
func names(all []route) []string {
	list := make([]string, len(all))
	for i, r := range all {
		list[i] = r.Name
	}
	return list
}

// ofAPI is the working copy of an API, on a gateway that serves it, beside what is in force there. Who may not know of gateways sees the API
// alone, beside what its stage serves.
func ofAPI(v *page.Visit) (s subject, err error) {
	id := v.PathValue("api")
	var bindings v1.Bindings
	var stages v1.Stages
	if err := errors.Join(
		v.API.Get(&s.API, "apis", id), v.API.List(&bindings, []string{"api", id}, "bindings"), v.API.Get(&stages, "apis", id, "stages"), s.addResources(v),
	); err != nil {
		return s, err
	}
	s.Home = "/console/apis/" + url.PathEscape(id)
	for _, stage := range stages.Items {
		s.Stages = append(s.Stages, stage.Name)
	}
	if v.MayGateways(auth.Read) {
		for _, b := range bindings.Items {
			s.Gateways = append(s.Gateways, b.Gateway)
		}
		slices.Sort(s.Gateways)
		s.Gateways = slices.Compact(s.Gateways)
	}
	if s.Gateway = oneOf(v.FormValue("gateway"), s.Gateways); s.Gateway != "" {
		read, err := documentOf(v, s.Gateway)
		if err != nil {
			return s, err
		}
		s.Routes = slices.DeleteFunc(read.routes(nil), func(r route) bool { return r.API != id })
		s.Document, s.Before = v1.Document{Gateway: s.Gateway, API: id}, &v1.Document{Gateway: s.Gateway}
	}
	if len(s.Routes) == 0 { // it is bound nowhere, or not yet in force
		s.Gateway, s.Stage = "", oneOf(v.FormValue("stage"), s.Stages)
		s.Document, s.Before = v1.Document{API: id, Stage: s.Stage}, nil
		name := "draft"
		if s.Stage != "" {
			name, s.Before = s.Stage, &v1.Document{API: id, Stage: s.Stage, Deployed: true}
		}
		s.Routes = []route{{Name: id + "/" + name, Where: "every request", API: id}}
	}
	return s, nil
}

// oneOf is what is wanted, if it is in a list, else the first of it; "" if there is none.
func oneOf(wanted string, list []string) string {
	switch {
	case len(list) == 0:
		return ""
	case slices.Contains(list, wanted):
		return wanted
	default:
		return list[0]
	}
}

// addResources reads the resources of the API; of very many the first ones.
func (s *subject) addResources(v *page.Visit) error {
	var resources v1.Page[v1.Resource]
	if err := v.API.List(&resources, []string{"limit", "500"}, "apis", v.PathValue("api"), "resources"); err != nil {
		return err
	}
	for _, r := range resources.Items {
		s.Resources = append(s.Resources, r.Path)
	}
	slices.Sort(s.Resources)
	return nil
}

// ofGateway is the document that is in force on a gateway, beside a revision if one is given.
func ofGateway(v *page.Visit) (s subject, err error) {
	s.Gateway = v.PathValue("gateway")
	s.Home = "/console/gateways/" + url.PathEscape(s.Gateway)
	s.Document = v1.Document{Gateway: s.Gateway}
	now, err := documentOf(v, s.Gateway)
	if err != nil {
		return s, err
	}
	var before *document
	a := askedOf(v)
	if a.With != 0 {
		before = &document{}
		if err := v.API.Get(before, "gateways", s.Gateway, "revisions", a.withText(), "document"); err != nil {
			return s, err
		}
		s.Before = &v1.Document{Gateway: s.Gateway, Revision: a.With}
	}
	s.Routes = append(now.routes(before), route{Where: "requests that belong to no route", IsChanged: before != nil && now.rest != before.rest})
	return s, nil
}

// like are the routes that a form asks for.
func (s *subject) like(a asked) []route {
	return slices.DeleteFunc(slices.Clone(s.Routes), func(r route) bool {
		return a.Find != "" && !strings.Contains(strings.ToLower(r.Name+" "+r.Where), strings.ToLower(a.Find)) || a.Differs && s.API.ID == "" && s.Before != nil && !r.IsChanged
	})
}

// document is a document, as far as a page reads it.
type document struct {
	all []json.RawMessage
	// rest is all but the routes and the revision.
	rest string
}

// documentOf reads the document that is in force on a gateway.
func documentOf(v *page.Visit, gateway string) (d document, err error) {
	return d, v.API.Get(&d, "gateways", gateway, "document")
}

// UnmarshalJSON reads a document.
func (d *document) UnmarshalJSON(text []byte) error {
	root := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &root); err != nil {
		return err
	}
	if routes, there := root["routes"]; there {
		if err := json.Unmarshal(routes, &d.all); err != nil {
			return err
		}
	}
	delete(root, "routes")
	delete(root, "revision")
	rest, err := json.Marshal(root) // its keys in order
	d.rest = string(rest)
	return err
}

// routes are those of the document, in its order, and which of them are not the same in another one; nil is none.
func (d *document) routes(before *document) []route {
	old := map[string]bool{}
	if before != nil {
		for _, text := range before.all {
			old[string(text)] = true
		}
	}
	all := make([]route, 0, len(d.all)+1)
	for _, text := range d.all {
		r := readRoute(text)
		r.IsChanged = before != nil && (before.rest != d.rest || !old[string(text)])
		all = append(all, r)
	}
	return all
}

// readRoute reads a route. What is no route has no name, and is never asked for: the server has compiled the document.
func readRoute(text json.RawMessage) route {
	var read struct {
		Name  string
		Match struct {
			Hosts            []string
			Path, PathPrefix string
		}
		API struct{ ID string }
	}
	_ = json.Unmarshal(text, &read)
	where := strings.Join(read.Match.Hosts, ", ")
	if where == "" {
		where = "every host"
	}
	return route{Name: read.Name, Where: where + read.Match.Path + read.Match.PathPrefix, API: read.API.ID}
}
