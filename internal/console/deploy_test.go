// SPDX-License-Identifier: Apache-2.0

package console_test

import (
	"bytes"
	"errors"
	"html"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/deliver/delivertest"
	"gatewayresponses/internal/golden"
	"gatewayresponses/internal/waittest"
)

// field is a hidden field of a form on a page, "" for none.
func field(page, name string) string {
	found := regexp.MustCompile(`<input type="hidden" name="` + name + `" value="([^"]*)">`).FindStringSubmatch(page)
	if found == nil {
		return ""
	}
	return html.UnescapeString(found[1])
}

// TestDeployPages holds the pages that deploy, and that of a stage, against files.
func TestDeployPages(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	hold := func(name, page, api string) {
		t.Helper()
		golden.File(t, filepath.Join("testdata", name+".html"), v.same(page, api))
	}
	empty := v.api("POST", "/apis", object{"name": "empty"}).Get("id").String()
	hold("deploy-first", v.page("/console/apis/"+empty+"/deploy"), empty)
	api := v.shop()
	first := v.api("GET", "/apis/"+api+"/deployments", nil).Get(`items.#(hash!="` + v.api("GET", "/apis/"+api+"/deployments/"+v.api("GET", "/apis/"+api+"/stages/prod", nil).Get("deployment").String(), nil).Get("hash").String() + `").id`).String()
	v.api("PUT", "/gateways/default", object{"rollout": object{"first": object{"nodes": []string{"canary-*"}}, "afterSeconds": 60}})
	hold("deploy-again", v.page("/console/apis/"+api+"/deploy?stage=prod&deployment="+first), api)
	v.api("PUT", "/gateways/default", object{})
	v.api("PUT", "/gateways/default/pin", object{"revision": 1, "why": "it broke"})
	hold("deploy-held", v.page("/console/apis/"+api+"/deploy?stage=prod"), api)
	hold("stage-held", v.page("/console/apis/"+api+"/stages/prod"), api)
	v.api("DELETE", "/gateways/default/pin", nil)
	hold("deploy", v.page("/console/apis/"+api+"/deploy"), api)
	hold("stage", v.page("/console/apis/"+api+"/stages/prod?before="+first), api)
	v.signIn(v.api("POST", "/keys", object{"name": "editor", "rights": object{"role": "edit", "apis": []string{api}}}).Get("bearer").String())
	hold("deploy-editor", v.page("/console/apis/"+api+"/deploy"), api)
}

// TestDeploy deploys what a page shows, and nothing else.
func TestDeploy(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	path := "/console/apis/" + api + "/deploy"
	serves := func() string { return v.api("GET", "/apis/"+api+"/stages/prod", nil).Get("deployment").String() }
	before := serves()
	shown := v.page(path)
	if !strings.Contains(shown, "<code>DEFAULT_5XX</code> added") || field(shown, "before") != before {
		t.Fatalf("to deploy: %s", shown)
	}
	v.api("PUT", "/apis/"+api+"/responses/DEFAULT_5XX", object{"statusCode": "599"})
	form := []string{"stage", "prod", "before", before, "hash", field(shown, "hash"), "note", "calmer <b>"}
	got := v.post(path, form...)
	if got.status != http.StatusConflict || !strings.Contains(got.body, "nothing was deployed") || !strings.Contains(got.body, "599") ||
		!strings.Contains(got.body, `value="calmer &lt;b&gt;"`) || serves() != before {
		t.Fatalf("what was changed meanwhile: status %d: %s", got.status, got.body)
	}
	form[5] = field(got.body, "hash")
	v.goesTo(v.post(path, form...), "/console/apis/"+api+"/stages/prod?before="+before)
	after := serves()
	if note := v.api("GET", "/apis/"+api+"/deployments/"+after, nil).Get("description").String(); after == before || note != "calmer <b>" {
		t.Errorf("serves %s, before %s, note %q", after, before, note)
	}
	if shown := v.page(path); !strings.Contains(shown, "Nothing would change") || strings.Contains(shown, `name="hash"`) {
		t.Errorf("the same again: %s", shown)
	}

	v.api("PUT", "/apis/"+api+"/responses/THROTTLED", object{"responseTemplates": object{"application/json": "{}"}})
	if shown := v.page(path); !regexp.MustCompile(`<a href="/console/finding-kinds/GWR\d+"><code>GWR\d+</code></a>.*<bdi>gatewayResponses.THROTTLED: [^<]*no Retry-After[^<]*</bdi> <a href="/console/apis/` + api + `/responses/THROTTLED">Edit it</a>`).MatchString(shown) {
		t.Errorf("what is unwise is not shown: %s", shown)
	}

	again := path + "?stage=prod&deployment=" + before
	shown = v.page(again)
	form = []string{"stage", "prod", "before", after, "deployment", before, "etag", `"1"`}
	if got := v.post(path, form...); got.status != http.StatusConflict || serves() != after {
		t.Errorf("a stage that was changed meanwhile: status %d: %s", got.status, got.body)
	}
	form[7] = field(shown, "etag")
	v.goesTo(v.post(path, form...), "/console/apis/"+api+"/stages/prod?before="+after)
	if serves() != before {
		t.Errorf("serves %s, want %s again", serves(), before)
	}
	if got := v.post(path, "stage", "no stage", "hash", ""); got.status != http.StatusBadRequest || !strings.Contains(got.body, "Stage name only allows") {
		t.Errorf("a name that no stage can have: status %d: %s", got.status, got.body)
	}
	v.goesTo(v.post(path, "stage", "test", "hash", field(v.page(path+"?stage=test"), "hash")), "/console/apis/"+api+"/stages/test")
}

// TestDeployHostile holds that what people write is text on the pages that deploy.
func TestDeployHostile(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api, all := v.shop(), strings.Join(hostile, " ")
	v.api("PATCH", "/apis/"+api, object{"name": all})
	v.api("POST", "/apis/"+api+"/deployments", object{"stage": "prod", "description": all})
	first := v.api("GET", "/apis/"+api+"/deployments", nil).Get("items.0.id").String()
	v.api("PUT", "/apis/"+api+"/responses/THROTTLED", object{
		"responseParameters": object{"gatewayresponse.header.x": "'<script>'"}, "responseTemplates": object{"text/plain": all, "application/json": `{"a": "` + strings.Repeat("<b>", 15_000) + `"}`},
	})
	v.api("PUT", "/gateways/default/pin", object{"why": all})
	v.api("PUT", "/apis/"+api+"/switch", object{"mode": "observe", "seconds": 60, "why": all})
	for _, path := range []string{"/deploy", "/deploy?stage=prod&deployment=" + first, "/stages/prod?before=" + first, "/stages/prod?before=%3Cscript%3E", ""} {
		v.tame("/console/apis/" + api + path)
	}
	v.tame("/console/")
	for _, path := range []string{"/deploy?stage=%3Cscript%3E%E2%80%AE", "/deploy?stage=prod&deployment=%3Cscript%3E", "/stages/%3Cscript%3E"} {
		if got := v.send("GET", "/console/apis/"+api+path, ""); got.status < 400 || got.status >= 500 || strings.Contains(got.body, "<script>") || strings.Contains(got.body, "\u202e") {
			t.Errorf("%s: status %d: %s", path, got.status, got.body)
		}
	}
}

// TestDeployRights holds that who may not deploy sees what waits, and cannot deploy it.
func TestDeployRights(t *testing.T) {
	v := newVisitor(t)
	api := v.shop()
	v.signIn(v.api("POST", "/keys", object{"name": "editor", "rights": object{"role": "edit", "apis": []string{api}}}).Get("bearer").String())
	path := "/console/apis/" + api + "/deploy"
	if shown := v.page(path); !strings.Contains(shown, "takes the role deploy") || !strings.Contains(shown, "DEFAULT_5XX") || strings.Contains(shown, `name="hash"`) {
		t.Errorf("an editor sees %s", shown)
	}
	if got := v.post(path, "stage", "prod", "hash", ""); got.status != http.StatusForbidden {
		t.Errorf("an editor deploys: status %d", got.status)
	}
}

// TestDeployArrives follows a deployment to nodes, of which one refuses it.
func TestDeployArrives(t *testing.T) {
	v := newVisitor(t)
	v.signIn(v.key)
	api := v.shop()
	v.nodes()
	stage := "/console/apis/" + api + "/stages/prod"
	shows := func(what ...string) {
		t.Helper()
		waittest.Until(t, strings.Join(what, ", "), func() bool {
			page := v.page(stage)
			for _, text := range what {
				if !strings.Contains(page, text) {
					return false
				}
			}
			return true
		})
	}
	shows("Everywhere since", "2 nodes run it, as revision 2.", "pin?revision=1")
	deploy := "/console/apis/" + api + "/deploy"
	v.goesTo(v.post(deploy, "stage", "prod", "hash", field(v.page(deploy), "hash")), stage)
	shows("Everywhere since", "2 nodes run it, as revision 3.")
	v.api("PUT", "/apis/"+api+"/responses/THROTTLED", object{"responseTemplates": object{"application/json": `"` + unwanted + `"`}})
	v.goesTo(v.post(deploy, "stage", "prod", "hash", field(v.page(deploy), "hash")), stage)
	shows("1 of 2 nodes", `<span class="chip bad">refused</span> <bdi>fussy</bdi>`, "it is not wanted", "runs revision 3")
}

// unwanted is what the node "fussy" refuses.
const unwanted = "unwanted text"

// nodes connects two nodes to the gateway "default": "easy", and "fussy", which refuses what it does not want. They take a moment.
func (v *visitor) nodes() {
	v.Helper()
	take := func([]byte) error {
		time.Sleep(100 * time.Millisecond)
		return nil
	}
	delivertest.Connect(v, v.xds, "default", "easy", take)
	delivertest.Connect(v, v.xds, "default", "fussy", func(filter []byte) error {
		if bytes.Contains(filter, []byte(unwanted)) {
			return errors.New("it is not wanted")
		}
		return take(filter)
	})
}
