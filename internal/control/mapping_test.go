// SPDX-License-Identifier: Apache-2.0

package control_test

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
)

// routes are the hosts and prefixes of the routes in the newest document of a gateway, by the names of the routes.
func (s *server) routes(t *testing.T, gateway string) map[string]string {
	t.Helper()
	revisions := must(s.Revisions(t.Context(), admin, gateway, 0, 1))(t)
	if len(revisions) == 0 {
		return map[string]string{}
	}
	var document struct {
		Routes []struct {
			Name  string `json:"name"`
			Match struct {
				Hosts      []string `json:"hosts"`
				PathPrefix string   `json:"pathPrefix"`
			} `json:"match"`
		} `json:"routes"`
	}
	text := must(s.Revision(t.Context(), admin, gateway, revisions[0].Number))(t).Text
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, route := range document.Routes {
		where := route.Match.PathPrefix
		for _, host := range route.Match.Hosts {
			where = host + where
		}
		found[route.Name] = where
	}
	// The next change has a revision of its own.
	s.now = s.now.Add(time.Minute)
	return found
}

// wantRoutes holds which routes the newest document of a gateway has.
func (s *server) wantRoutes(t *testing.T, gateway string, want map[string]string) {
	t.Helper()
	if diff := cmp.Diff(want, s.routes(t, gateway)); diff != "" {
		t.Errorf("routes of %s (-want +got):\n%s", gateway, diff)
	}
}

// TestMappings holds that what is mapped is what gateways get, and what AWS refuses.
func TestMappings(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	api := s.deployed(t)
	const host = "api.example.com"
	must(s.CreateDomainName(ctx, admin, apigateway.CreateDomainNameInput{DomainName: new("API.example.com")}))(t)
	create := func(host, path, api, stage string) (apigateway.BasePathMapping, error) {
		return s.CreateBasePathMapping(ctx, admin, apigateway.CreateBasePathMappingInput{DomainName: host, BasePath: &path, RestAPIID: &api, Stage: &stage})
	}
	if made := must(create(host, "", api, "prod"))(t); made.BasePath != "(none)" || made.ETag != `"1"` {
		t.Errorf("a mapping without a path is %+v", made)
	}
	s.wantRoutes(t, control.DefaultGateway, map[string]string{api + "/prod": host})
	for _, tt := range []struct{ host, path, api, stage, kind, message string }{
		{host, "", api, "prod", "ConflictException", "Base path already exists for this domain name"},
		{"other.example.com", "", api, "prod", "NotFoundException", "Invalid domain name identifier specified"},
		{host, "a", "nothing", "prod", "BadRequestException", "Invalid REST API identifier specified"},
		{host, "a", api, "dev", "BadRequestException", "Invalid stage identifier specified"},
		{host, "/a", api, "prod", "BadRequestException", `Invalid base path "/a": it is segments of letters, digits and $-_.+!*'(), joined by single slashes, such as v1/pets`},
		{host, "a/../b", api, "prod", "BadRequestException", `Invalid base path "a/../b": it is segments of letters, digits and $-_.+!*'(), joined by single slashes, such as v1/pets`},
		{host, strings.Repeat("a", 1000), api, "prod", "BadRequestException", "Invalid base path: it has 1000 bytes, and 300 at most"},
	} {
		_, err := create(tt.host, tt.path, tt.api, tt.stage)
		wantError(t, err, tt.kind, tt.message)
	}
	moved := must(s.UpdateBasePathMapping(ctx, admin, apigateway.UpdateBasePathMappingInput{DomainName: host, BasePath: "(none)", PatchOperations: []apigateway.PatchOperation{{Op: "replace", Path: "/basePath", Value: "v1/pets"}}}))(t)
	if moved.BasePath != "v1/pets" {
		t.Errorf("the moved mapping is %+v", moved)
	}
	s.wantRoutes(t, control.DefaultGateway, map[string]string{api + "/prod": host + "/v1/pets"})
	must(create(host, "all", api, ""))(t)
	if got := s.routes(t, control.DefaultGateway); len(got) != 2 {
		t.Errorf("with all stages below a path the routes are %v", got)
	}
	if list := must(s.GetBasePathMappings(ctx, admin, apigateway.GetBasePathMappingsInput{DomainName: host}))(t); len(list.Items) != 2 {
		t.Errorf("the mappings are %+v", list.Items)
	}
	for _, path := range []string{"all", "v1/pets"} {
		must(s.DeleteBasePathMapping(ctx, admin, apigateway.DeleteBasePathMappingInput{DomainName: host, BasePath: path}))(t)
		s.now = s.now.Add(time.Minute)
	}
	s.wantRoutes(t, control.DefaultGateway, map[string]string{})
	_, err := s.GetBasePathMapping(ctx, admin, apigateway.GetBasePathMappingInput{DomainName: host, BasePath: "all"})
	wantError(t, err, "NotFoundException", "Invalid base path mapping identifier specified")
}

// TestDomainNames holds which names a host may have.
func TestDomainNames(t *testing.T) {
	s := newServer(t, false)
	create := func(name string) error {
		_, err := s.CreateDomainName(t.Context(), admin, apigateway.CreateDomainNameInput{DomainName: &name})
		return err
	}
	for _, name := range []string{"*", "localhost", "*.example.com", "xn--bcher-kva.example", "a_b.example.com", "[2001:db8::1]", strings.Repeat("a", 253)} {
		if err := create(name); err != nil {
			t.Errorf("%.50s: %v", name, err)
		}
	}
	const noHost = " is not the name of a host; it is labels of letters, digits, - and _, joined by single dots, other letters in Punycode"
	for name, message := range map[string]string{
		"":                        `"" names no host; write for example "api.example.com" or "*.example.com"`,
		"..":                      `".."` + noHost,
		".example.com":            `".example.com"` + noHost,
		"a..example.com":          `"a..example.com"` + noHost,
		"%2f":                     `"%2f"` + noHost,
		"{proxy+}":                `"{proxy+}"` + noHost,
		"a\u202e.example.com":     `"a\u202e.example.com"` + noHost,
		strings.Repeat("a", 1000): "it has 1000 bytes, and 253 at most",
	} {
		wantError(t, create(name), "BadRequestException", "Invalid domain name: "+message)
	}
}

// TestDomainGateways holds that a domain name moves to another gateway with its mappings, and that the tag which names it goes along.
func TestDomainGateways(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	api := s.deployed(t)
	must(s.PutGateway(ctx, admin, control.Gateway{Name: "edge"}))(t)
	must(s.PutGateway(ctx, admin, control.Gateway{Name: "inner"}))(t)
	const host = "*.example.com"
	must(s.CreateDomainName(ctx, admin, apigateway.CreateDomainNameInput{DomainName: new(host), Tags: map[string]string{"gateway": "edge"}}))(t)
	must(s.CreateBasePathMapping(ctx, admin, apigateway.CreateBasePathMappingInput{DomainName: host, RestAPIID: &api, Stage: new("prod")}))(t)
	bound := map[string]string{api + "/prod": host}
	s.wantRoutes(t, "edge", bound)
	if moved := must(s.MoveHost(ctx, admin, host, "inner"))(t); moved.Gateway != "inner" {
		t.Errorf("the host is moved to %s", moved.Gateway)
	}
	s.wantRoutes(t, "edge", map[string]string{})
	s.wantRoutes(t, "inner", bound)
	arn := "arn:aws:apigateway:eu-west-1::/domainnames/" + host
	if tags := must(s.GetTags(ctx, admin, apigateway.GetTagsInput{ResourceARN: arn}))(t); tags.Tags["gateway"] != "inner" {
		t.Errorf("after the move the tags are %v", tags.Tags)
	}
	must(s.UntagResource(ctx, admin, apigateway.UntagResourceInput{ResourceARN: arn, TagKeys: []string{"gateway"}}))(t)
	s.wantRoutes(t, "inner", map[string]string{})
	s.wantRoutes(t, control.DefaultGateway, bound)
	must(s.TagResource(ctx, admin, apigateway.TagResourceInput{ResourceARN: arn, Tags: map[string]string{"gateway": "edge", "team": "pets"}}))(t)
	s.wantRoutes(t, "edge", bound)
	_, err := s.TagResource(ctx, admin, apigateway.TagResourceInput{ResourceARN: arn, Tags: map[string]string{"gateway": "nowhere"}})
	wantError(t, err, "BadRequestException", `There is no gateway "nowhere"`)
	must(s.DeleteDomainName(ctx, admin, apigateway.DeleteDomainNameInput{DomainName: host}))(t)
	s.wantRoutes(t, "edge", map[string]string{})
}

// TestHostRights holds that a host needs a right of its own, that editing an API does not give it, and that binding an API needs the role
// deploy on it.
func TestHostRights(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	mine, other := s.deployed(t), s.deployed(t)
	by := control.Caller{Name: "ann", Rights: auth.Rights{Role: auth.Deploy, APIs: []string{mine}, Hosts: []string{"*.pets.example.com"}}}
	create := func(host string) error {
		_, err := s.CreateDomainName(ctx, by, apigateway.CreateDomainNameInput{DomainName: &host})
		return err
	}
	for _, host := range []string{"shop.example.com", "*.example.com", "*", "pets.example.com"} {
		wantError(t, create(host), "AccessDeniedException", `ann may not do this: it needs the role "deploy" on the host "`+host+`"`)
	}
	for _, host := range []string{"a.pets.example.com", "*.pets.example.com"} {
		if err := create(host); err != nil {
			t.Errorf("%s: %v", host, err)
		}
	}
	bind := func(api string) error {
		_, err := s.CreateBasePathMapping(ctx, by, apigateway.CreateBasePathMappingInput{DomainName: "a.pets.example.com", RestAPIID: &api, Stage: new("prod")})
		return err
	}
	wantError(t, bind(other), "AccessDeniedException", `ann may not do this: it needs the role "deploy" on the API "`+other+`"`)
	if err := bind(mine); err != nil {
		t.Error(err)
	}
	must(s.CreateDomainName(ctx, admin, apigateway.CreateDomainNameInput{DomainName: new("*")}))(t)
	if list := must(s.GetDomainNames(ctx, by, apigateway.GetDomainNamesInput{}))(t); len(list.Items) != 2 {
		t.Errorf("the caller sees the hosts %+v", list.Items)
	}
	wantError(t, create("a.pets.example.com"), "ConflictException", "The domain name you provided already exists.")
	_, err := s.CreateDomainName(ctx, admin, apigateway.CreateDomainNameInput{DomainName: new("http://a")})
	if err == nil {
		t.Error("an address is taken for a host")
	}
}

// TestTags holds what is taken for the ARN of something with tags, and which tags are refused.
func TestTags(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	api := s.deployed(t)
	for _, arn := range []string{"arn:aws:apigateway:us-east-1::/restapis/" + api, "arn:aws-cn:apigateway:eu-west-1::/restapis/" + api + "/stages/prod"} {
		must(s.TagResource(ctx, admin, apigateway.TagResourceInput{ResourceARN: arn, Tags: map[string]string{"a": "1", "b": "2"}}))(t)
		must(s.UntagResource(ctx, admin, apigateway.UntagResourceInput{ResourceARN: arn, TagKeys: []string{"b", "c"}}))(t)
		if got := must(s.GetTags(ctx, admin, apigateway.GetTagsInput{ResourceARN: arn}))(t); !cmp.Equal(got.Tags, map[string]string{"a": "1"}) {
			t.Errorf("%s has the tags %v", arn, got.Tags)
		}
	}
	if stage := must(s.GetStage(ctx, admin, apigateway.GetStageInput{RestAPIID: api, StageName: "prod"}))(t); stage.Tags["a"] != "1" {
		t.Errorf("the stage has the tags %v", stage.Tags)
	}
	for _, arn := range []string{"", "arn:aws:s3:::a", "arn:aws:apigateway:us-east-1::/vpclinks/a", "restapis/" + api} {
		_, err := s.GetTags(ctx, admin, apigateway.GetTagsInput{ResourceARN: arn})
		wantError(t, err, "BadRequestException", "Invalid ARN specified in the request")
	}
	_, err := s.TagResource(ctx, admin, apigateway.TagResourceInput{ResourceARN: "arn:aws:apigateway:us-east-1::/restapis/" + api, Tags: map[string]string{"aws:a": "1"}})
	wantError(t, err, "BadRequestException", `Invalid tag "aws:a": keys that begin with aws: are AWS's own`)
}

// TestIfMatch holds that a change is refused when the value is not the one that the caller has seen.
func TestIfMatch(t *testing.T) {
	s := newServer(t, false)
	ctx := t.Context()
	api := s.api(t)
	put := func(match string) error {
		by := admin
		by.IfMatch = match
		_, err := s.PutGatewayResponse(ctx, by, apigateway.PutGatewayResponseInput{RestAPIID: api, ResponseType: "THROTTLED"})
		return err
	}
	const conflict = "Unable to complete operation due to concurrent modification. Please try again later."
	wantError(t, put(`"1"`), "ConflictException", conflict)
	wantError(t, put("*"), "ConflictException", conflict)
	for _, match := range []string{`"0"`, `"1"`, `"7", "2"`, "*"} {
		if err := put(match); err != nil {
			t.Errorf("If-Match: %s: %v", match, err)
		}
	}
	wantError(t, put(`"3"`), "ConflictException", conflict)
}

// TestBasePathLetters holds that each letter of a base path can stand in the document of a gateway.
func TestBasePathLetters(t *testing.T) {
	s := newServer(t, false)
	api := s.deployed(t)
	must(s.CreateDomainName(t.Context(), admin, apigateway.CreateDomainNameInput{DomainName: new("a.example.com")}))(t)
	for _, letter := range "azAZ09$-_.+!*'()" {
		path := "v" + string(letter) + "1/" + string(letter) + "a"
		made := must(s.CreateBasePathMapping(t.Context(), admin, apigateway.CreateBasePathMappingInput{DomainName: "a.example.com", BasePath: &path, RestAPIID: &api, Stage: new("prod")}))(t)
		if made.BasePath != path {
			t.Errorf("the base path %q became %q", path, made.BasePath)
		}
	}
}

// FuzzARN holds that what is taken for the ARN of something with tags names it, and that anything else is refused.
func FuzzARN(f *testing.F) {
	f.Add("arn:aws:apigateway:eu-west-1::/restapis/a1b2c3d4e5/stages/prod")
	f.Add("arn:aws:apigateway:eu-west-1::/domainnames/*.example.com")
	f.Add("arn:aws:apigateway:::/restapis/")
	f.Fuzz(func(t *testing.T, arn string) {
		reader := control.Caller{Name: "ann"}
		_, err := (&control.Control{}).GetTags(t.Context(), reader, apigateway.GetTagsInput{ResourceARN: arn})
		var known *apigateway.Error
		if !errors.As(err, &known) {
			t.Fatalf("%q: %v", arn, err)
		}
		if known.Type != "AccessDeniedException" {
			return
		}
		// Who may read nothing is told what an ARN names.
		_, quoted, _ := strings.Cut(known.Message, `the role "read" on the `)
		_, quoted, _ = strings.Cut(quoted, " ")
		name, err := strconv.Unquote(quoted)
		if err != nil || name == "" || !strings.HasPrefix(arn, "arn:") || !strings.Contains(strings.ToLower(arn), strings.ToLower(name)) {
			t.Errorf("%q is taken for the ARN of %q: %v", arn, name, known)
		}
	})
}
