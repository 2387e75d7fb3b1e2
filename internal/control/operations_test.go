// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"bytes"
	"context"
	"errors"
	"reflect" //nolint:depguard // it walks the methods of Control and compares nothing
	"strings"
	"testing"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/control/audit"
	"gatewayresponses/internal/store"
)

// fields are values of members of an input.
type fields = map[string]any

// operation is what tests know of an operation of AWS's API.
type operation struct {
	// role is what it takes, and on is what for: an "api", a "host", "both", or "" for anything.
	role auth.Role
	on   string
	// in are members of a good input beside those that name what fixture makes.
	in fields
}

func patch(op, path, value string) []apigateway.PatchOperation {
	return []apigateway.PatchOperation{{Op: op, Path: path, Value: value}}
}

// operations are all operations of AWS's API, by the names of the methods of Control.
var operations = map[string]operation{
	"CreateRestAPI": {auth.Edit, "", fields{"Name": "new"}},
	"GetRestAPI":    {auth.Read, "api", nil},
	"GetRestAPIs":   {auth.Read, "", nil},
	"UpdateRestAPI": {auth.Edit, "api", fields{"PatchOperations": patch("replace", "/name", "new")}},
	"DeleteRestAPI": {auth.Deploy, "api", fields{"RestAPIID": "unmapped"}},
	"ImportRestAPI": {auth.Edit, "", fields{"Body": []byte(shop)}},
	"PutRestAPI":    {auth.Edit, "api", fields{"Body": []byte(strings.Replace(shop, "/pets/{petId}", "/dogs", 1)), "Mode": "overwrite"}},

	"GetGatewayResponse":    {auth.Read, "api", nil},
	"GetGatewayResponses":   {auth.Read, "api", nil},
	"PutGatewayResponse":    {auth.Edit, "api", nil},
	"UpdateGatewayResponse": {auth.Edit, "api", fields{"PatchOperations": patch("replace", "/statusCode", "431")}},
	"DeleteGatewayResponse": {auth.Edit, "api", nil},

	"CreateDeployment": {auth.Deploy, "api", fields{"StageName": "prod"}},
	"GetDeployment":    {auth.Read, "api", nil},
	"GetDeployments":   {auth.Read, "api", nil},
	"UpdateDeployment": {auth.Deploy, "api", fields{"PatchOperations": patch("replace", "/description", "new")}},
	"DeleteDeployment": {auth.Deploy, "api", nil},
	"CreateStage":      {auth.Deploy, "api", fields{"StageName": "dev"}},
	"GetStage":         {auth.Read, "api", nil},
	"GetStages":        {auth.Read, "api", nil},
	"UpdateStage":      {auth.Deploy, "api", fields{"PatchOperations": patch("replace", "/variables/a", "1")}},
	"DeleteStage":      {auth.Deploy, "api", fields{"StageName": "unmapped"}},
	"GetExport":        {auth.Read, "api", fields{"ExportType": "oas30"}},

	"TagResource":   {auth.Edit, "api", fields{"Tags": map[string]string{"b": "2"}}},
	"UntagResource": {auth.Edit, "api", fields{"TagKeys": []string{"a"}}},
	"GetTags":       {auth.Read, "api", nil},
	"GetAccount":    {auth.Read, "", nil},
	"GetUsagePlans": {auth.Read, "", nil},

	"CreateResource":            {auth.Edit, "api", fields{"PathPart": "new"}},
	"GetResource":               {auth.Read, "api", nil},
	"GetResources":              {auth.Read, "api", nil},
	"UpdateResource":            {auth.Edit, "api", fields{"PatchOperations": patch("replace", "/pathPart", "new")}},
	"DeleteResource":            {auth.Edit, "api", nil},
	"PutMethod":                 {auth.Edit, "api", fields{"HTTPMethod": "PUT", "AuthorizationType": "NONE"}},
	"GetMethod":                 {auth.Read, "api", nil},
	"UpdateMethod":              {auth.Edit, "api", fields{"PatchOperations": patch("replace", "/operationName", "new")}},
	"DeleteMethod":              {auth.Edit, "api", nil},
	"PutMethodResponse":         {auth.Edit, "api", fields{"StatusCode": "201"}},
	"GetMethodResponse":         {auth.Read, "api", nil},
	"UpdateMethodResponse":      {auth.Edit, "api", fields{"PatchOperations": patch("add", "/responseParameters/method.response.header.a", "true")}},
	"DeleteMethodResponse":      {auth.Edit, "api", nil},
	"PutIntegration":            {auth.Edit, "api", fields{"Type": "MOCK"}},
	"GetIntegration":            {auth.Read, "api", nil},
	"UpdateIntegration":         {auth.Edit, "api", fields{"PatchOperations": patch("replace", "/timeoutInMillis", "100")}},
	"DeleteIntegration":         {auth.Edit, "api", nil},
	"PutIntegrationResponse":    {auth.Edit, "api", fields{"StatusCode": "200", "SelectionPattern": "5.."}},
	"GetIntegrationResponse":    {auth.Read, "api", nil},
	"UpdateIntegrationResponse": {auth.Edit, "api", fields{"PatchOperations": patch("replace", "/selectionPattern", "4..")}},
	"DeleteIntegrationResponse": {auth.Edit, "api", nil},

	"CreateDomainName":      {auth.Deploy, "host", fields{"DomainName": "b.example.com"}},
	"GetDomainName":         {auth.Read, "host", nil},
	"GetDomainNames":        {auth.Read, "", nil},
	"UpdateDomainName":      {auth.Deploy, "host", fields{"PatchOperations": patch("replace", "/certificateArn", "new")}},
	"DeleteDomainName":      {auth.Deploy, "host", nil},
	"CreateBasePathMapping": {auth.Deploy, "both", fields{"BasePath": "v2", "Stage": "prod"}},
	"GetBasePathMapping":    {auth.Read, "host", nil},
	"GetBasePathMappings":   {auth.Read, "host", nil},
	"UpdateBasePathMapping": {auth.Deploy, "both", fields{"PatchOperations": patch("replace", "/basePath", "v2")}},
	"DeleteBasePathMapping": {auth.Deploy, "host", nil},
}

// fixture makes one of everything, and gives the members of inputs that name it.
func (s *server) fixture(t *testing.T) fields {
	t.Helper()
	ctx := t.Context()
	api := must(s.ImportRestAPI(ctx, admin, apigateway.ImportRestAPIInput{Body: []byte(shop)}))(t).ID
	for _, stage := range []string{"prod", "unmapped"} {
		must(s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api, StageName: &stage}))(t)
	}
	deployment := must(s.CreateDeployment(ctx, admin, apigateway.CreateDeploymentInput{RestAPIID: api}))(t).ID
	arn := "arn:aws:apigateway:eu-west-1::/restapis/" + api
	must(s.TagResource(ctx, admin, apigateway.TagResourceInput{ResourceARN: arn, Tags: map[string]string{"a": "1"}}))(t)
	must(s.CreateDomainName(ctx, admin, apigateway.CreateDomainNameInput{DomainName: new("a.example.com")}))(t)
	must(s.CreateBasePathMapping(ctx, admin, apigateway.CreateBasePathMappingInput{DomainName: "a.example.com", BasePath: new("v1"), RestAPIID: &api, Stage: new("prod")}))(t)
	resource := s.resource(t, api, "/pets")
	return fields{
		"RestAPIID": api, "StageName": "prod", "DeploymentID": deployment, "ResourceARN": arn, "DomainName": "a.example.com", "BasePath": "v1",
		"ResourceID": resource, "ParentID": resource, "HTTPMethod": "GET", "StatusCode": "200", "ResponseType": "THROTTLED",
	}
}

// resource is the id of the resource of an API at a path.
func (s *server) resource(t *testing.T, api, path string) string {
	t.Helper()
	for _, r := range must(s.GetResources(t.Context(), admin, apigateway.GetResourcesInput{RestAPIID: api}))(t).Items {
		if r.Path == path {
			return r.ID
		}
	}
	t.Fatalf("there is no resource %s", path)
	return ""
}

// call carries out an operation with a good input.
func (s *server) call(t *testing.T, name string, by control.Caller, known fields) error {
	t.Helper()
	method := reflect.ValueOf(s.Control).MethodByName(name)
	in := reflect.New(method.Type().In(2)).Elem()
	for i := range in.NumField() {
		field := in.Type().Field(i)
		value, given := operations[name].in[field.Name]
		if !given && (field.Tag.Get("uri") != "" || field.Name == "DeploymentID" && name == "CreateStage" || field.Name == "RestAPIID") {
			value, given = known[field.Name]
		}
		if value == "unmapped" && field.Name == "RestAPIID" {
			value = known["Unmapped"]
		}
		if given {
			set(in.Field(i), value)
		}
	}
	out := method.Call([]reflect.Value{reflect.ValueOf(t.Context()), reflect.ValueOf(by), in})
	err, _ := out[1].Interface().(error)
	return err
}

// set gives a member a value, or a pointer to it.
func set(member reflect.Value, value any) {
	v := reflect.ValueOf(value)
	if member.Kind() == reflect.Pointer {
		pointer := reflect.New(member.Type().Elem())
		pointer.Elem().Set(v.Convert(member.Type().Elem()))
		v = pointer
	}
	member.Set(v.Convert(member.Type()))
}

// awsMethods are the methods of Control that are operations of AWS's API.
func awsMethods() []string {
	var names []string
	control := reflect.TypeFor[*control.Control]()
	for i := range control.NumMethod() {
		m := control.Method(i)
		if m.Type.NumIn() == 4 && m.Type.In(1) == reflect.TypeFor[context.Context]() && strings.HasPrefix(m.Type.In(3).String(), "apigateway.") {
			names = append(names, m.Name)
		}
	}
	return names
}

// TestRights walks role and operation: each takes its role on what it is for, and one role less, or another API or host, is refused.
func TestRights(t *testing.T) {
	s := newServer(t, false)
	known := s.fixture(t)
	known["Unmapped"] = known["RestAPIID"]
	api, everything := known["RestAPIID"].(string), []string{"*"}
	lesser := map[auth.Role]auth.Role{auth.Read: "", auth.Edit: auth.Read, auth.Deploy: auth.Edit}
	methods := awsMethods()
	if len(methods) != len(operations) || len(methods) != len(apigateway.Operations) {
		t.Errorf("Control has %d operations, the table %d, AWS's %d", len(methods), len(operations), len(apigateway.Operations))
	}
	for _, name := range methods {
		o, ok := operations[name]
		if !ok {
			t.Errorf("%s is not in the table", name)
			continue
		}
		refused := map[string]auth.Rights{"a lesser role": {Role: lesser[o.role], APIs: everything, Hosts: everything}}
		if o.on == "api" || o.on == "both" {
			refused["another API"] = auth.Rights{Role: o.role, APIs: []string{"other"}, Hosts: everything}
		}
		if o.on == "host" || o.on == "both" {
			refused["another host"] = auth.Rights{Role: o.role, APIs: everything, Hosts: []string{"other.example.com"}}
			refused["no host"] = auth.Rights{Role: o.role, APIs: everything}
		}
		for what, rights := range refused {
			err := s.call(t, name, control.Caller{Name: "ann", Rights: rights}, known)
			var known *apigateway.Error
			if !errors.As(err, &known) || known.Type != "AccessDeniedException" || !strings.HasPrefix(known.Message, "ann may not do this: it needs the role ") {
				t.Errorf("%s with %s: %v", name, what, err)
			}
		}
		// Just enough: what it says then may be anything but a refusal.
		enough := auth.Rights{Role: o.role, APIs: []string{api}, Hosts: []string{"?.example.com", "a.example.com", "b.example.com"}}
		if o.on == "" || o.on == "host" {
			enough.APIs = nil
		}
		fresh := newServer(t, false)
		there := fresh.fixture(t)
		there["Unmapped"] = there["RestAPIID"]
		if enough.APIs != nil {
			enough.APIs = []string{there["RestAPIID"].(string)}
		}
		err := fresh.call(t, name, control.Caller{Name: "ann", Rights: enough}, there)
		var known *apigateway.Error
		if errors.As(err, &known) && known.Type == "AccessDeniedException" || err != nil && known == nil {
			t.Errorf("%s with the role %s: %v", name, o.role, err)
		}
	}
}

// TestEveryOperationIsAudited holds that each operation that changes something leaves one entry of its name, whose last change of a record
// is what the store holds, and that reading leaves none.
func TestEveryOperationIsAudited(t *testing.T) {
	for _, name := range awsMethods() {
		s := newServer(t, false)
		known := s.fixture(t)
		known["Unmapped"] = s.api(t)
		before := len(s.entries(t))
		if err := s.call(t, name, admin, known); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		entries := s.entries(t)[before:]
		if strings.HasPrefix(name, "Get") {
			if len(entries) != 0 {
				t.Errorf("%s left %+v", name, entries)
			}
			continue
		}
		if want := strings.Replace(name, "RestAPI", "RestApi", 1); len(entries) != 1 || entries[0].Action != want {
			t.Errorf("%s left %d entries, %+v", name, len(entries), entries)
			continue
		}
		for key, after := range lastChanges(entries[0]) {
			if now := s.body(t, key); !bytes.Equal(now, after) {
				t.Errorf("%s: the entry says of %v\n%s\nthe store has\n%s", name, key, after, now)
			}
		}
		must(s.VerifyAudit(t.Context(), admin))(t)
	}
}

// lastChanges are the records that an entry tells of, as they were after it.
func lastChanges(entry audit.Entry) map[store.Key][]byte {
	last := map[store.Key][]byte{}
	for _, change := range entry.Changes {
		if !strings.HasPrefix(string(change.After), `{"sha256":`) {
			last[store.Key{Kind: change.Kind, Scope: change.Scope, Name: change.Name}] = change.After
		}
	}
	return last
}

// body is the body of a record, nil if it is not there.
func (s *server) body(t *testing.T, key store.Key) []byte {
	t.Helper()
	var body []byte
	if err := s.store.View(t.Context(), func(r store.Reader) error {
		record, err := r.Get(key)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		body = record.Body
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return body
}
