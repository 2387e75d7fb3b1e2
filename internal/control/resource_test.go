// SPDX-License-Identifier: Apache-2.0

package control

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
)

// refused holds type and message of what AWS answers.
func (w *world) refused(err error, want string) {
	w.Helper()
	known, ok := errors.AsType[*apigateway.Error](err)
	if !ok || known.Error() != want {
		w.Errorf("got  %v\nwant %s", err, want)
	}
}

// shows holds an output as the API writes it.
func (w *world) shows(output any, want string) {
	w.Helper()
	text, err := json.Marshal(output)
	if err != nil || string(text) != want {
		w.Errorf("got  %s %v\nwant %s", text, err, want)
	}
}

// root gives the id of the root resource of an API, which is made.
func (w *world) root() (api, root string) {
	w.Helper()
	name := "pets"
	out, err := w.CreateRestAPI(w.Context(), w.by, apigateway.CreateRestAPIInput{Name: &name})
	made := must(w, out, err)
	return made.ID, made.RootResourceID
}

// resource makes a resource, and gives its id.
func (w *world) resource(api, parent, part string) string {
	w.Helper()
	out, err := w.CreateResource(w.Context(), w.by, apigateway.CreateResourceInput{RestAPIID: api, ParentID: parent, PathPart: &part})
	return must(w, out, err).ID
}

// paths are those of an API's resources, sorted.
func (w *world) paths(api string) (paths []string) {
	w.Helper()
	out, err := w.GetResources(w.Context(), w.by, apigateway.GetResourcesInput{RestAPIID: api})
	for _, resource := range must(w, out, err).Items {
		paths = append(paths, resource.Path)
	}
	slices.Sort(paths)
	return paths
}

func TestResources(t *testing.T) {
	w := newWorld(t)
	api, root := w.root()
	pets := w.resource(api, root, "pets")
	sub := w.resource(api, pets, "subpets")
	child := w.resource(api, sub, "pets")
	proxy := w.resource(api, root, "{proxy+}")
	if len(pets) != 6 {
		t.Errorf("id %q", pets)
	}
	create := func(parent, part string) error {
		_, err := w.CreateResource(w.Context(), w.by, apigateway.CreateResourceInput{RestAPIID: api, ParentID: parent, PathPart: &part})
		return err
	}
	update := func(id, op, path, value string) (apigateway.Resource, error) {
		return w.UpdateResource(w.Context(), w.by, apigateway.UpdateResourceInput{RestAPIID: api, ResourceID: id, PatchOperations: []apigateway.PatchOperation{{Op: op, Path: path, Value: value}}})
	}
	updateError := func(id, path, value string) error {
		_, err := update(id, "replace", path, value)
		return err
	}
	w.refused(create("fake", "x"), "NotFoundException: Invalid Resource identifier specified")
	w.refused(create(root, "pets"), "ConflictException: Another resource with the same parent already has this name: pets")
	w.refused(create(root, "{child}"), "BadRequestException: A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed")
	w.refused(create(proxy, "child"), "BadRequestException: Cannot create a child of a resource with a greedy path variable: {proxy+}")
	w.refused(updateError("fake", "/pathPart", "x"), "NotFoundException: Invalid Resource identifier specified")
	w.refused(updateError(pets, "/parentId", "fake"), "NotFoundException: Invalid Resource identifier specified")
	w.refused(updateError(pets, "/parentId", child), "BadRequestException: Resources cannot be cyclical.")
	w.refused(updateError(pets, "/parentId", pets), "BadRequestException: Resources cannot be cyclical.")
	w.refused(updateError(child, "/parentId", root), "ConflictException: Another resource with the same parent already has this name: pets")
	w.refused(updateError(root, "/pathPart", "x"), "BadRequestException: Root resource cannot update its pathPart.")
	w.refused(updateError(root, "/parentId", pets), "BadRequestException: Root resource cannot update its parentId.")
	w.refused(updateError(sub, "/pathPart", "{x+}"), "BadRequestException: Cannot create a child of a resource with a greedy path variable: {x+}")
	if got, want := w.paths(api), []string{"/", "/pets", "/pets/subpets", "/pets/subpets/pets", "/{proxy+}"}; !slices.Equal(got, want) {
		t.Errorf("paths %q, want %q", got, want)
	}

	moved, err := update(sub, "replace", "/parentId", root)
	w.shows(must(w, moved, err), `{"id":"`+sub+`","parentId":"`+root+`","pathPart":"subpets","path":"/subpets"}`)
	if moved.ETag != `"2"` {
		t.Errorf("ETag %s after a change", moved.ETag)
	}
	renamed, err := update(pets, "replace", "/pathPart", "dogs")
	w.shows(must(w, renamed, err), `{"id":"`+pets+`","parentId":"`+root+`","pathPart":"dogs","path":"/dogs"}`)
	if got, want := w.paths(api), []string{"/", "/dogs", "/subpets", "/subpets/pets", "/{proxy+}"}; !slices.Equal(got, want) {
		t.Errorf("paths %q, want %q", got, want)
	}

	_, err = w.DeleteResource(w.Context(), w.by, apigateway.DeleteResourceInput{RestAPIID: api, ResourceID: sub})
	must(w, 0, err)
	_, err = w.DeleteResource(w.Context(), w.by, apigateway.DeleteResourceInput{RestAPIID: api, ResourceID: child})
	w.refused(err, "NotFoundException: Invalid Resource identifier specified")
	_, err = w.DeleteResource(w.Context(), w.by, apigateway.DeleteResourceInput{RestAPIID: api, ResourceID: root})
	w.refused(err, "BadRequestException: Root resource cannot be deleted.")
	if got, want := w.paths(api), []string{"/", "/dogs", "/{proxy+}"}; !slices.Equal(got, want) {
		t.Errorf("paths %q, want %q", got, want)
	}
	_, err = w.GetResources(w.Context(), w.by, apigateway.GetResourcesInput{RestAPIID: "fake"})
	w.refused(err, "NotFoundException: Invalid API identifier specified 123456789012:fake")
}

// TestResourcesOfOthers holds that rights and ETags are asked for.
func TestResourcesOfOthers(t *testing.T) {
	w := newWorld(t)
	api, root := w.root()
	pets := w.resource(api, root, "pets")
	part := "x"
	reader := Caller{Name: "bob", Rights: auth.Rights{Role: auth.Read}}
	_, err := w.CreateResource(w.Context(), reader, apigateway.CreateResourceInput{RestAPIID: api, ParentID: root, PathPart: &part})
	w.refused(err, `AccessDeniedException: bob may not do this: it needs the role "edit" on the API "`+api+`"`)
	got, err := w.GetResource(w.Context(), reader, apigateway.GetResourceInput{RestAPIID: api, ResourceID: pets})
	must(w, got, err)
	stale := w.by
	stale.IfMatch = `"7"`
	const concurrent = "ConflictException: Unable to complete operation due to concurrent modification. Please try again later."
	none := "NONE"
	_, err = w.PutMethod(w.Context(), stale, apigateway.PutMethodInput{RestAPIID: api, ResourceID: pets, HTTPMethod: "GET", AuthorizationType: &none})
	w.refused(err, concurrent)
	_, err = w.DeleteResource(w.Context(), stale, apigateway.DeleteResourceInput{RestAPIID: api, ResourceID: pets})
	w.refused(err, concurrent)
	stale.IfMatch = got.ETag
	_, err = w.DeleteResource(w.Context(), stale, apigateway.DeleteResourceInput{RestAPIID: api, ResourceID: pets})
	must(w, 0, err)
}
