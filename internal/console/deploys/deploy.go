// SPDX-License-Identifier: Apache-2.0

package deploys

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// planned is what the page shows that asks whether to deploy.
type planned struct {
	API v1.API
	// Stage is the stage to deploy to, and Others are the names of the others. IsNew reports that it is to be made.
	Stage  string
	Others []string
	IsNew  bool
	// Serves is what the stage serves now, nil for nothing, and Again the older deployment that it is to serve, nil for the working copy.
	Serves, Again *v1.Deployment
	// Bindings are where the stage is served, and MayBind reports whether the caller may bind it.
	Bindings []page.Bound
	MayBind  bool
	// May reports whether the caller may deploy. Who may not is shown what Waits, nil for nothing.
	May   bool
	Waits *v1.PendingStage
	// Targets are where it would go, and what would become of them.
	Targets []page.Target
	// Hash is that of the working copy, and ETag that of the stage, for the form.
	Hash, ETag string
	// WithoutEffect are settings that imply protection that nobody here gives.
	WithoutEffect []v1.Unprotected
	// Note is what the form says about it, Moved that something has changed since the form was made, and Problem why it is refused.
	Note    string
	Moved   bool
	Problem *v1.Problem
}

// Home is the page of the API.
func (p planned) Home() string { return "/console/apis/" + url.PathEscape(p.API.ID) }

// Same reports whether nothing would change: the stage serves the very same.
func (p planned) Same() bool {
	then := p.Hash
	if p.Again != nil {
		then = p.Again.Hash
	}
	return p.Serves != nil && p.Serves.Hash == then
}

// deployPage asks whether to deploy.
func deployPage(v *page.Visit) error {
	p, err := plan(v)
	if err != nil {
		return err
	}
	status := http.StatusOK
	if p.Problem != nil {
		status = p.Problem.Status
	}
	return v.Show(status, templates["deploy.html"], p)
}

// plan finds out what a deployment to the stage that a link or a form names would change.
func plan(v *page.Visit) (planned, error) {
	id := v.PathValue("api")
	p := planned{May: v.Who.Rights.MayAPI(auth.Deploy, id), Note: v.PostFormValue("note")}
	var bindings v1.Bindings
	var without v1.WithoutEffect
	if err := errors.Join(
		v.API.Get(&p.API, "apis", id), v.API.List(&bindings, []string{"api", id}, "bindings"), v.API.Get(&without, "apis", id, "without-effect"), p.choose(v),
	); err != nil {
		return p, err
	}
	p.WithoutEffect = without.Items
	p.MayBind = v.MayBind(id)
	p.Bindings = v.Bound(slices.DeleteFunc(bindings.Items, func(b v1.Binding) bool { return b.Stage != "" && b.Stage != p.Stage }))
	if !p.May {
		return p, nil
	}
	err := p.try(v)
	var said *page.APIError
	if errors.As(err, &said) && said.Status < http.StatusInternalServerError {
		p.Problem = &said.Problem
		return p, nil
	}
	return p, err
}

// choose finds the stage, which is the one that is asked for, or one for which something waits.
func (p *planned) choose(v *page.Visit) error {
	var stages v1.Stages
	var pending v1.PendingStages
	id := v.PathValue("api")
	if err := errors.Join(v.API.Get(&stages, "apis", id, "stages"), v.API.Get(&pending, "apis", id, "pending")); err != nil {
		return err
	}
	p.Stage = v.FormValue("stage")
	switch {
	case p.Stage != "":
	case len(pending.Items) > 0:
		p.Stage = pending.Items[0].Stage
	case len(stages.Items) > 0:
		p.Stage = stages.Items[0].Name
	default:
		p.Stage = "prod"
	}
	for i, waits := range pending.Items {
		if waits.Stage == p.Stage {
			p.Waits = &pending.Items[i]
		}
	}
	p.IsNew = true
	for _, stage := range stages.Items {
		if stage.Name != p.Stage {
			p.Others = append(p.Others, stage.Name)
			continue
		}
		p.IsNew, p.Serves = false, &v1.Deployment{}
		if err := v.API.Get(p.Serves, "apis", id, "deployments", stage.Deployment); err != nil {
			return err
		}
	}
	if again := v.FormValue("deployment"); again != "" {
		p.Again = &v1.Deployment{}
		return v.API.Get(p.Again, "apis", id, "deployments", again)
	}
	return nil
}

// try has the deployment made and undone.
func (p *planned) try(v *page.Visit) (err error) {
	var tried struct {
		Answer v1.Deployment `json:"answer"`
		v1.Outcome
	}
	if p.Again == nil {
		err = v.API.Try(http.MethodPost, object{"stage": p.Stage}, &tried, "apis", p.API.ID, "deployments")
	} else {
		if p.ETag, err = v.API.GetVersion(&v1.Stage{}, "apis", p.API.ID, "stages", p.Stage); err != nil {
			return err
		}
		err = v.API.Try(http.MethodPatch, object{"deployment": p.Again.ID}, &tried, "apis", p.API.ID, "stages", p.Stage)
	}
	if err != nil {
		return err
	}
	p.Hash = tried.Answer.Hash
	p.Targets, err = v.Targets(tried.Gateways)
	return err
}

// object is a body of JSON.
type object = map[string]any

// noHash is the hash of nothing: a form that does not say what it shows is out of date.
const noHash = "none"

var errStage = errors.New("it names no stage")

// deploy deploys what the form shows. If that has changed meanwhile nothing is deployed, and the page shows how it stands now.
func deploy(v *page.Visit) error {
	id, stage, note := v.PathValue("api"), v.PostFormValue("stage"), v.PostFormValue("note")
	if stage == "" {
		return page.BadForm(errStage)
	}
	var err error
	if again := v.PostFormValue("deployment"); again != "" {
		err = v.API.IfMatch(v.PostFormValue("etag")).Do(http.MethodPatch, object{"deployment": again}, nil, "apis", id, "stages", stage)
	} else {
		err = v.API.Do(http.MethodPost, object{"stage": stage, "description": note, "hash": cmp.Or(v.PostFormValue("hash"), noHash)}, nil, "apis", id, "deployments")
	}
	var said *page.APIError
	if !errors.As(err, &said) || said.Status >= http.StatusInternalServerError {
		return errors.Join(err, v.Redirect(stageAt(id, stage, v.PostFormValue("before"))))
	}
	p, err := plan(v)
	if err != nil {
		return err
	}
	if p.Moved = said.Status == http.StatusConflict; !p.Moved {
		p.Problem = &said.Problem
	}
	return v.Show(said.Status, templates["deploy.html"], p)
}

// stageAt is the page of a stage, which leads back to the deployment that it served before, "" for none.
func stageAt(api, stage, before string) string {
	at := "/console/apis/" + url.PathEscape(api) + "/stages/" + url.PathEscape(stage)
	if before != "" {
		at += "?before=" + url.QueryEscape(before)
	}
	return at
}
