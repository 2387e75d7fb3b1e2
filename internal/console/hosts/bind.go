// SPDX-License-Identifier: Apache-2.0

package hosts

import (
	"errors"
	"net/http"
	"net/url"
	"slices"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// allStages stands in forms for all stages of an API, each below its name. No stage has this name.
const allStages = "*"

// asked is a binding as a form, or a link, asks for it.
type asked struct {
	Host, Path, API, Stage string
	Inherit                bool
}

// askedOf is the binding that a page asks for.
func askedOf(v *page.Visit) asked {
	return asked{v.FormValue("host"), v.FormValue("path"), v.FormValue("api"), v.FormValue("stage"), v.FormValue("inherit") != ""}
}

// query asks for the binding in a link.
func (a asked) query() url.Values {
	q := url.Values{"host": {a.Host}, "path": {a.Path}, "api": {a.API}, "stage": {a.Stage}}
	if a.Inherit {
		q.Set("inherit", "true")
	}
	return q
}

// body is what the API takes to bind it.
func (a asked) body() object {
	stage := a.Stage
	if stage == allStages {
		stage = ""
	}
	return object{"api": a.API, "stage": stage, "inherit": a.Inherit}
}

// at is where it is in the API.
func (a asked) at() []string { return []string{"hosts", a.Host, "bindings", basePath(a.Path)} }

// binding is what the page shows that binds an API to a host.
type binding struct {
	asked
	// Hosts, APIs and Stages are what can be chosen, as far as lists go.
	Hosts  []v1.Host
	APIs   []v1.API
	Stages []v1.Stage
	// Named is the API, nil while there is none.
	Named *v1.API
	// Missing reports that there is no such host, which can be made on one of the Gateways where MayMake says so.
	Missing, MayMake bool
	Gateways         []v1.Gateway
	// Was is what is bound there now, nil for nothing, and ETag its version.
	Was  *boundAPI
	ETag string
	// Tried reports that Targets are what would become of it.
	Tried   bool
	Targets []page.Target
	// Moved says that something else was bound there since the form was made, and Problem why it is refused.
	Moved   bool
	Problem *v1.Problem
}

// Same reports whether it is bound so already.
func (b binding) Same() bool {
	stage, _ := b.body()["stage"].(string)
	return b.Was != nil && b.Was.API == b.API && b.Was.Stage == stage && b.Was.Inherit == b.Inherit
}

// bindPage asks what to bind where, and shows what that would change.
func bindPage(v *page.Visit) error { return showBinding(v, nil) }

// showBinding shows the page, with why it was refused before.
func showBinding(v *page.Visit, refused *page.APIError) error {
	b := binding{asked: askedOf(v)}
	err := b.choose(v)
	if err == nil && b.Named != nil && b.Host != "" {
		err = b.try(v)
	}
	var said *page.APIError
	if errors.As(err, &said) && said.Status < http.StatusInternalServerError {
		b.Problem, err = &said.Problem, nil
	}
	if err != nil {
		return err
	}
	status := http.StatusOK
	switch {
	case refused == nil:
		if b.Problem != nil {
			status = b.Problem.Status
		}
	case refused.Status == http.StatusConflict && b.Problem == nil && !b.Missing:
		b.Moved, status = true, refused.Status
	default:
		b.Problem, status = &refused.Problem, refused.Status
	}
	return v.Show(status, templates["bind.html"], b)
}

// most is how many things a list to choose from has.
const most = "500"

// choose finds what can be chosen. A stage is chosen where none is asked for.
func (b *binding) choose(v *page.Visit) error {
	var hosts v1.Page[v1.Host]
	var gateways v1.Gateways
	if err := errors.Join(v.API.List(&hosts, []string{"limit", most}, "hosts"), v.API.Get(&gateways, "gateways")); err != nil {
		return err
	}
	b.Hosts = slices.DeleteFunc(hosts.Items, func(h v1.Host) bool { return !v.Who.Rights.MayHost(auth.Deploy, h.Host) })
	b.Gateways = gateways.Items
	if b.API == "" {
		var apis v1.Page[v1.API]
		err := v.API.List(&apis, []string{"limit", most}, "apis")
		b.APIs = slices.DeleteFunc(apis.Items, func(a v1.API) bool { return !v.Who.Rights.MayAPI(auth.Deploy, a.ID) })
		return err
	}
	var named v1.API
	var stages v1.Stages
	if err := errors.Join(v.API.Get(&named, "apis", b.API), v.API.Get(&stages, "apis", b.API, "stages")); err != nil {
		return err
	}
	b.Named, b.Stages = &named, stages.Items
	if b.Stage == "" && len(b.Stages) > 0 {
		b.Stage = b.Stages[0].Name
	}
	return nil
}

// try has the API bound and unbound again.
func (b *binding) try(v *page.Visit) error {
	var said *page.APIError
	err := v.API.Get(nil, "hosts", b.Host)
	if errors.As(err, &said) && said.Status == http.StatusNotFound {
		b.Missing, b.MayMake = true, v.Who.Rights.MayHost(auth.Deploy, b.Host)
		return nil
	}
	if err != nil {
		return err
	}
	if err := b.was(v); err != nil {
		return err
	}
	if b.Stage == "" { // it has none
		return nil
	}
	var tried v1.DryRun
	if err := v.API.IfMatch(b.ETag).Try(http.MethodPut, b.body(), &tried, b.at()...); err != nil {
		return err
	}
	b.Targets, err = v.Targets(tried.Gateways)
	b.Tried = true
	return err
}

// was finds out what is bound there now.
func (b *binding) was(v *page.Visit) error {
	was := boundAPI{}
	etag, err := v.API.GetVersion(&was.Binding, b.at()...)
	var said *page.APIError
	if errors.As(err, &said) && said.Status == http.StatusNotFound {
		b.ETag = `"0"`
		return nil
	}
	if err != nil {
		return err
	}
	b.Was, b.ETag = &was, etag
	if v.Who.Rights.MayAPI(auth.Read, was.API) {
		var api v1.API
		err = v.API.Get(&api, "apis", was.API)
		was.Name = api.Name
	}
	return err
}

// bind binds what the form shows. If something else is bound there meanwhile nothing is changed, and the page shows how it stands now.
func bind(v *page.Visit) error {
	a := askedOf(v)
	err := v.API.IfMatch(v.PostFormValue("etag")).Do(http.MethodPut, a.body(), nil, a.at()...)
	var said *page.APIError
	switch {
	case errors.As(err, &said) && said.Status < http.StatusInternalServerError:
		return showBinding(v, said)
	case err != nil:
		return err
	case a.Stage == allStages:
		return v.Redirect(home(a.Host))
	}
	return v.Redirect("/console/apis/" + url.PathEscape(a.API) + "/stages/" + url.PathEscape(a.Stage))
}
