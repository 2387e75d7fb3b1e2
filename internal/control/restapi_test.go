// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
)

// TestRestAPIs holds what becomes of a REST API from its making to its end.
func TestRestAPIs(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	made := must(s.CreateRestAPI(ctx, admin, apigateway.CreateRestAPIInput{Name: new("pets"), Description: new("shop")}))(t)
	if len(made.ID) != 10 || made.RootResourceID == "" || made.APIKeySource != "HEADER" || made.Tags != nil || made.ETag != `"1"` {
		t.Errorf("CreateRestApi gave %+v", made)
	}
	read := must(s.GetRestAPI(ctx, admin, apigateway.GetRestAPIInput{RestAPIID: made.ID}))(t)
	want := made
	want.Tags = map[string]string{}
	if diff := cmp.Diff(want, read); diff != "" {
		t.Errorf("GetRestApi (-want +got):\n%s", diff)
	}
	changed := must(s.UpdateRestAPI(ctx, admin, apigateway.UpdateRestAPIInput{RestAPIID: made.ID, PatchOperations: []apigateway.PatchOperation{{Op: "replace", Path: "/name", Value: "dogs"}}}))(t)
	if changed.Name != "dogs" || changed.ETag != `"2"` {
		t.Errorf("UpdateRestApi gave %+v", changed)
	}
	if _, err := s.DeleteRestAPI(ctx, admin, apigateway.DeleteRestAPIInput{RestAPIID: made.ID}); err != nil {
		t.Error(err)
	}
	_, err := s.GetRestAPI(ctx, admin, apigateway.GetRestAPIInput{RestAPIID: made.ID})
	wantError(t, err, "NotFoundException", "Invalid API identifier specified "+account+":"+made.ID)
}

// TestSearchRestAPIs finds APIs by parts of what they are called, page by page.
func TestSearchRestAPIs(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	names := map[string]string{}
	for _, name := range []string{"Pets", "Orders", "carpets", "Élan"} {
		made := must(s.CreateRestAPI(ctx, admin, apigateway.CreateRestAPIInput{Name: &name, Description: new("Of " + name)}))(t)
		names[made.ID] = name
	}
	for text, want := range map[string]string{"pets": "Pets carpets", "OF O": "Orders", "élan": "Élan", "": "Orders Pets carpets Élan", "nothing": ""} {
		var found []string
		for in := (apigateway.GetRestAPIsInput{Limit: 1}); ; {
			part := must(s.SearchRestAPIs(ctx, admin, in, text))(t)
			for _, api := range part.Items {
				found = append(found, names[api.ID])
			}
			if in.Position = part.Position; in.Position == "" {
				break
			}
		}
		slices.Sort(found)
		if got := strings.Join(found, " "); got != want {
			t.Errorf("%q finds %q, want %q", text, got, want)
		}
	}
}

// TestDeleteRestAPI holds that nothing of an API stays behind, and that one which a domain name leads to is not removed.
func TestDeleteRestAPI(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	api := s.deployed(t)
	must(s.PutGatewayResponse(ctx, admin, apigateway.PutGatewayResponseInput{RestAPIID: api, ResponseType: "THROTTLED"}))(t)
	must(s.CreateDomainName(ctx, admin, apigateway.CreateDomainNameInput{DomainName: new("pets.example.com")}))(t)
	must(s.CreateBasePathMapping(ctx, admin, apigateway.CreateBasePathMappingInput{DomainName: "pets.example.com", RestAPIID: &api, Stage: new("prod")}))(t)
	_, err := s.DeleteRestAPI(ctx, admin, apigateway.DeleteRestAPIInput{RestAPIID: api})
	wantError(t, err, "BadRequestException", "Deleting RestApi "+api+" failed. Please remove all base path mappings related to the RestApi in your domains: pets.example.com.")
	_, err = s.DeleteStage(ctx, admin, apigateway.DeleteStageInput{RestAPIID: api, StageName: "prod"})
	wantError(t, err, "BadRequestException", "Deleting stage prod failed. Please remove all base path mappings related to the stage in your domains: pets.example.com.")
	must(s.DeleteDomainName(ctx, admin, apigateway.DeleteDomainNameInput{DomainName: "PETS.example.com"}))(t)
	must(s.DeleteRestAPI(ctx, admin, apigateway.DeleteRestAPIInput{RestAPIID: api}))(t)
	for _, kind := range []string{"api", "response", "resource", "deployment", "snapshot", "stage", "mapping", "domain"} {
		if n := s.count(t, kind); n != 0 {
			t.Errorf("%d records of kind %s are left", n, kind)
		}
	}
}

// TestCloneRestAPI holds that a clone has what its source has, under ids of its own.
func TestCloneRestAPI(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	source := must(s.CreateRestAPI(ctx, admin, apigateway.CreateRestAPIInput{Name: new("pets"), BinaryMediaTypes: []string{"image/png"}}))(t)
	put := must(s.PutGatewayResponse(ctx, admin, apigateway.PutGatewayResponseInput{RestAPIID: source.ID, ResponseType: "THROTTLED", StatusCode: new("430")}))(t)
	clone := must(s.CreateRestAPI(ctx, admin, apigateway.CreateRestAPIInput{Name: new("copy"), CloneFrom: &source.ID}))(t)
	if clone.ID == source.ID || clone.RootResourceID == source.RootResourceID || !cmp.Equal(clone.BinaryMediaTypes, source.BinaryMediaTypes) {
		t.Errorf("the clone of %+v is %+v", source, clone)
	}
	put.ResponseParameters = apigateway.Map[string]{}
	got := must(s.GetGatewayResponse(ctx, admin, apigateway.GetGatewayResponseInput{RestAPIID: clone.ID, ResponseType: "THROTTLED"}))(t)
	if diff := cmp.Diff(put, got); diff != "" {
		t.Errorf("the response of the clone (-want +got):\n%s", diff)
	}
	_, err := s.CreateRestAPI(ctx, admin, apigateway.CreateRestAPIInput{Name: new("copy"), CloneFrom: new("nothing")})
	wantError(t, err, "NotFoundException", "Invalid API identifier specified "+account+":nothing")
	if n := s.count(t, "api"); n != 2 {
		t.Errorf("there are %d APIs, want the failed clone to leave nothing", n)
	}
}

// TestCloneMethods holds that methods come along, that their caches are named after the new resources, and that a server refuses what they
// have without effect.
func TestCloneMethods(t *testing.T) {
	s := newServer(t, true)
	ctx := t.Context()
	source := must(s.ImportRestAPI(ctx, admin, apigateway.ImportRestAPIInput{Body: []byte(shop)}))(t)
	clone := must(s.CreateRestAPI(ctx, admin, apigateway.CreateRestAPIInput{Name: new("copy"), CloneFrom: &source.ID}))(t)
	if diff := cmp.Diff(s.paths(t, source.ID), s.paths(t, clone.ID)); diff != "" {
		t.Errorf("resources of the clone (-source +clone):\n%s", diff)
	}
	for _, resource := range must(s.GetResources(ctx, admin, apigateway.GetResourcesInput{RestAPIID: clone.ID, Embed: []string{"methods"}}))(t).Items {
		if i := resource.ResourceMethods["GET"].MethodIntegration; i != nil && i.CacheNamespace != resource.ID {
			t.Errorf("%s %s has the cache %s", resource.ID, resource.Path, i.CacheNamespace)
		}
	}
	must(s.UpdateMethod(ctx, admin, apigateway.UpdateMethodInput{RestAPIID: source.ID, ResourceID: s.resource(t, source.ID, "/pets"), HTTPMethod: "GET", PatchOperations: patch("replace", "/apiKeyRequired", "true")}))(t)
	_, err := s.strict().CreateRestAPI(ctx, admin, apigateway.CreateRestAPIInput{Name: new("copy"), CloneFrom: &source.ID})
	if err == nil || !strings.Contains(err.Error(), "apiKeyRequired of GET /pets has no effect here") {
		t.Errorf("a clone of what has no effect: %v", err)
	}
}

// TestListRestAPIs holds that pages follow each other, and that what the caller may not read is left out.
func TestListRestAPIs(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	made := map[string]bool{}
	var mine []string
	for range 7 {
		id := s.api(t)
		made[id] = true
		if len(mine) < 3 {
			mine = append(mine, id)
		}
	}
	limited := admin
	limited.Rights = auth.Rights{Role: auth.Read, APIs: mine}
	for _, tt := range []struct {
		name string
		by   auth.Rights
		want int
	}{{"everything", admin.Rights, 7}, {"some", limited.Rights, 3}} {
		by := admin
		by.Rights = tt.by
		seen := map[string]bool{}
		in := apigateway.GetRestAPIsInput{Limit: 2}
		for pages := 0; ; pages++ {
			list := must(s.GetRestAPIs(ctx, by, in))(t)
			for _, api := range list.Items {
				if seen[api.ID] || !made[api.ID] {
					t.Errorf("%s: %s is listed twice, or was never made", tt.name, api.ID)
				}
				seen[api.ID] = true
			}
			if in.Position = list.Position; in.Position == "" || pages > 7 {
				break
			}
		}
		if len(seen) != tt.want {
			t.Errorf("%s: %d APIs are listed, want %d", tt.name, len(seen), tt.want)
		}
	}
	_, err := s.GetRestAPIs(ctx, admin, apigateway.GetRestAPIsInput{Position: "?"})
	wantError(t, err, "BadRequestException", "Invalid position parameter: ?")
}

// TestLimitedCallersMakeNoAPIs holds what callers are told who may edit some APIs only.
func TestLimitedCallersMakeNoAPIs(t *testing.T) {
	s := newServer(t, false)
	by := admin
	by.Rights = auth.Rights{Role: auth.Admin, APIs: []string{"pets*"}}
	_, err := s.CreateRestAPI(t.Context(), by, apigateway.CreateRestAPIInput{Name: new("a")})
	wantError(t, err, "AccessDeniedException", `admin may not do this: it needs the role "edit" on all APIs, for a new one has an id that nobody has rights on`)
	by.Rights.Role = auth.Read
	_, err = s.ImportRestAPI(t.Context(), by, apigateway.ImportRestAPIInput{Body: []byte(shop)})
	if err == nil || !strings.HasPrefix(err.Error(), `AccessDeniedException: admin may not do this: it needs the role "edit" on the API `) {
		t.Errorf("a reader imports: %v", err)
	}
}

// TestConcurrentWriters holds that of several who change the same version one wins, and the others are told.
func TestConcurrentWriters(t *testing.T) {
	s := newServer(t, false)
	api := s.api(t)
	by := admin
	by.IfMatch = `"0"`
	const writers = 8
	results := make(chan error, writers)
	for range writers {
		go func() {
			_, err := s.PutGatewayResponse(t.Context(), by, apigateway.PutGatewayResponseInput{RestAPIID: api, ResponseType: "THROTTLED"})
			results <- err
		}()
	}
	won := 0
	for range writers {
		if err := <-results; err == nil {
			won++
		} else {
			wantError(t, err, "ConflictException", "Unable to complete operation due to concurrent modification. Please try again later.")
		}
	}
	if won != 1 {
		t.Errorf("%d of %d writers won, want 1", won, writers)
	}
}
