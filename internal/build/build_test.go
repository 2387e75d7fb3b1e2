// SPDX-License-Identifier: Apache-2.0

package build_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"gatewayresponses/internal/build"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/source"
)

// read reads files in the form of a txtar archive.
func read(t *testing.T, archive string) []*source.Document {
	t.Helper()
	var files []*source.Document
	for _, file := range txtar.Parse([]byte(archive)).Files {
		document, found := source.Read(file.Name, file.Data)
		if document == nil {
			t.Fatal(found)
		}
		files = append(files, document)
	}
	return files
}

// lines are findings as people read their first lines, without severity.
func lines(found finding.List) string {
	var b strings.Builder
	for _, f := range found {
		b.WriteString(f.String() + ": " + f.Code.String() + " " + f.Path + ": " + f.Message + "\n")
	}
	return b.String()
}

func TestBuild(t *testing.T) {
	for _, tc := range []struct {
		name, files string
		set         []string
		want        string
	}{
		{
			name: "no white space, keys in byte order", files: "-- a.json --\n{ \"version\": 1, \"mode\": \"off\",\n \"api\": {\"stage\": \"a\", \"id\": \"b\"} }",
			want: `{"api":{"id":"b","stage":"a"},"mode":"off","version":1}`,
		},
		{
			name: "what nobody reads is left out", files: "-- a.yaml --\n$schema: a\nx-b: {c: d}\nstageVariables: {x-e: f}\nroutes: [{name: g, x-h: i}]\n" +
				"classification: [{x-j: k, when: {flags: [UT]}, leave: true}]\ngatewayResponses: {THROTTLED: {x-l: m, headers: {x-n: o}}}",
			want: `{"classification":[{"leave":true,"when":{"flags":["UT"]}}],"gatewayResponses":{"THROTTLED":{"headers":{"x-n":"o"}}},"routes":[{"name":"g"}],"stageVariables":{"x-e":"f"}}`,
		},
		{
			name: "objects join by key", files: "-- a.yaml --\nstageVariables: {a: b}\nx-owner: a\n-- b.json --\n{\"stageVariables\": {\"c\": \"d\", \"a\": \"b\"}, \"mode\": \"off\", \"x-owner\": \"b\"}",
			want: `{"mode":"off","stageVariables":{"a":"b","c":"d"}}`,
		},
		{
			name: "entries join, too", files: "-- a.yaml --\ngatewayResponses: {THROTTLED: {statusCode: 503}}\n-- b.yaml --\ngatewayResponses: {THROTTLED: {headers: {a: b}}}",
			want: `{"gatewayResponses":{"THROTTLED":{"headers":{"a":"b"},"statusCode":503}}}`,
		},
		{
			name: "routes and rules are appended", files: "-- a.yaml --\nroutes: [{name: a}]\nclassification: [{when: {flags: [UT]}, leave: true}]\n-- b.yaml --\nroutes: [{name: b}]\n" +
				"-- c.yaml --\nclassification: [{when: {flags: [UF]}, leave: true}]\nroutes: [{name: c}]",
			want: `{"classification":[{"leave":true,"when":{"flags":["UT"]}},{"leave":true,"when":{"flags":["UF"]}}],"routes":[{"name":"a"},{"name":"b"},{"name":"c"}]}`,
		},
		{
			name: "the same list twice", files: "-- a.yaml --\ncors: {allowOrigins: [https://a.example]}\n-- b.yaml --\ncors: {allowOrigins: [https://a.example]}",
			want: `{"cors":{"allowOrigins":["https://a.example"]}}`,
		},
		{
			name: "aliases stay apart", files: "-- a.yaml --\nroutes: [{name: a, stageVariables: &a {b: c}}, {name: b, stageVariables: *a}]", set: []string{"routes[b].stageVariables.b=d"},
			want: `{"routes":[{"name":"a","stageVariables":{"b":"c"}},{"name":"b","stageVariables":{"b":"d"}}]}`,
		},
		{
			name: "settings", files: "-- a.yaml --\nroutes: [{name: a}]\nmode: off", set: []string{
				"mode=observe", "revision=42", "stageVariables.docs=https://docs.example.com/?a=b", "stageVariables.number=1", `stageVariables["a.b"]=x`,
				"routes[0].inherit=false", "gatewayResponses.THROTTLED.statusCode=429", `cors={"allowOrigins": ["*"]}`, "revision=43",
			},
			want: `{"cors":{"allowOrigins":["*"]},"gatewayResponses":{"THROTTLED":{"statusCode":"429"}},"mode":"observe","revision":43,` +
				`"routes":[{"inherit":false,"name":"a"}],"stageVariables":{"a.b":"x","docs":"https://docs.example.com/?a=b","number":"1"}}`,
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			options := build.Options{Set: settings(t, tc.set)}
			built, found := build.Build(read(t, tc.files), options)
			if built == nil {
				t.Fatal(lines(found))
			}
			if diff := cmp.Diff(tc.want, string(built.Text)); diff != "" {
				t.Error(diff)
			}
			hash := sha256.Sum256([]byte(tc.want))
			if want := "sha256:" + hex.EncodeToString(hash[:]); built.Hash != want {
				t.Errorf("hash %s, want %s", built.Hash, want)
			}
			// What was built is built to itself.
			again, found := build.Build(read(t, "-- a.json --\n"+string(built.Text)), build.Options{})
			if again == nil || again.Hash != built.Hash {
				t.Errorf("built again it is %v, %s", again, lines(found))
			}
		})
	}
}

func settings(t *testing.T, arguments []string) []build.Setting {
	t.Helper()
	var all []build.Setting
	for _, argument := range arguments {
		setting, err := build.ParseSetting(argument)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, setting)
	}
	return all
}

func TestBuildErrors(t *testing.T) {
	for _, tc := range []struct {
		name, files string
		set         []string
		version     string
		want        string
	}{
		{
			name: "two values", files: "-- a.yaml --\nmode: off\n-- b.yaml --\napi: {}\nmode: observe",
			want: `b.yaml:2:7: GWR210 mode: this is "observe", and "off" at a.yaml:1:7; keep one of them` + "\n",
		},
		{
			name: "two kinds", files: "-- a.yaml --\ncors: {allowOrigins: [a]}\n-- b.yaml --\ncors: {allowOrigins: {}}",
			want: `b.yaml:1:22: GWR210 cors.allowOrigins: this is an object, and a list at a.yaml:1:22; keep one of them` + "\n",
		},
		{
			name: "two lists", files: "-- a.yaml --\nheaderOnly: {addedByRoutes: [a]}\n-- b.yaml --\nheaderOnly: {addedByRoutes: [b]}",
			want: `b.yaml:1:29: GWR210 headerOnly.addedByRoutes: this is a list, and a list at a.yaml:1:29; keep one of them` + "\n",
		},
		{
			name: "a key twice in one file", files: "-- a.yaml --\nmode: off\nmode: off\n-- b.yaml --\nrevision: 1",
			want: `a.yaml:2:1: GWR005 mode: the key stands in this object twice, the first time at a.yaml:1:1; remove one of them` + "\n",
		},
		{
			name: "findings of the engine", files: "-- a.yaml --\nmode: off\n-- b.yaml --\nmodes: off",
			want: `b.yaml:1:1: GWR006 modes: unknown key "modes"; did you mean "mode"?` + "\n",
		},
		{
			name: "two routes of one name", files: "-- a.yaml --\nroutes: [{name: a}]\n-- b.yaml --\nroutes: [{name: a}]",
			want: `b.yaml:1:17: GWR0`,
		},
		{
			name: "too large together", files: "-- a.yaml --\nstageVariables: {a: " + strings.Repeat("a", 600<<10) + "}\n-- b.yaml --\nstageVariables: {b: " + strings.Repeat("b", 600<<10) + "}",
			want: "a.yaml and b.yaml: GWR002 : the document has 1228",
		},
		{name: "no object", files: "-- a.yaml --\n# nothing\n", want: "a.yaml:1:1: GWR007 : found null; want an object\n"},
		{name: "not JSON", files: "-- a.json --\n{\"mode\": \"off\",}\n", want: "a.json:1:15: GWR003 "},
		{name: "a bad setting", files: "-- a.yaml --\nmode: off", set: []string{"mode=on"}, want: `--set:1:6: GWR008 mode: "on" `},
		{
			name: "a type of one's own", version: "0.1.0",
			files: "-- a.yaml --\nroutes: [{name: a, gatewayResponses: {X_A: {}}}]\nclassification: [{when: {status: [4xx]}, responseType: X_A}]",
			want:  `a.yaml:1:39: GWR212 routes[0].gatewayResponses.X_A: the filter reads types of one's own since 0.2.0, and 0.1.0 would refuse the document; leave it out` + "\n",
		},
		{
			name: "a redirect", version: "0.1.0",
			files: "-- a.yaml --\nclassification: [{when: {status: [4xx, '302']}, responseType: UNAUTHORIZED}]",
			want:  `a.yaml:1:40: GWR212 classification[0].when.status[1]: the filter reads redirects in rules since 0.2.0, and 0.1.0 would refuse the document; leave it out` + "\n",
		},
		{
			name: "newer variables", version: "0.1.0",
			files: "-- a.yaml --\nemulate: aws\ngatewayResponses: {THROTTLED: {headers: {A: '${context.envoy.originalPath|url}', B: context.envoy.originalPath.}, responseParameters: {gatewayresponse.header.C: method.input.params.a}}}",
			want: `a.yaml:2:45: GWR212 gatewayResponses.THROTTLED.headers.A: the filter reads $context.envoy.originalPath since 0.2.0, and 0.1.0 would refuse the document; leave it out
a.yaml:2:162: GWR212 gatewayResponses.THROTTLED.responseParameters["gatewayresponse.header.C"]: the filter reads method.input.params since 0.2.0, and 0.1.0 would refuse the document; leave it out
`,
		},
		{
			name: "names as AWS has them", version: "0.1.0",
			files: "-- a.yaml --\nemulate: aws\ngatewayResponses: {DEFAULT_4xx: {}, THROTTLED: {ResponseTemplates: {}, x-note: a}}",
			want: `a.yaml:2:20: GWR212 gatewayResponses.DEFAULT_4xx: the filter reads this name, as AWS has it, since 0.2.0, and 0.1.0 would refuse the document; leave it out
a.yaml:2:49: GWR212 gatewayResponses.THROTTLED.ResponseTemplates: the filter reads this name, as AWS has it, since 0.2.0, and 0.1.0 would refuse the document; leave it out
`,
		},
		{
			name: "a setting of an unknown key", files: "-- a.yaml --\nmode: off", set: []string{"stageVariable.a=b"},
			want: `--set:1:1: GWR006 stageVariable: unknown key "stageVariable"; did you mean "stageVariables"?` + "\n",
		},
		{name: "a setting of another type", files: "-- a.yaml --\nmode: off", set: []string{"revision=x"}, want: `--set:1:10: GWR007 revision: `},
		{
			name: "a setting in no list", files: "-- a.yaml --\nmode: off", set: []string{"routes[a].mode=off"},
			want: `: GWR211 : --set routes[a].mode=off: "a": there is no list with such an element` + "\n",
		},
		{
			name: "a setting in no element", files: "-- a.yaml --\nroutes: [{name: b}]", set: []string{"routes[a].mode=off"},
			want: `: GWR211 : --set routes[a].mode=off: "a": there is no such element` + "\n",
		},
		{
			name: "a setting in a text", files: "-- a.yaml --\nmode: off", set: []string{"mode.a=off"},
			want: `: GWR211 : --set mode.a=off: "a": there is no object with such a key` + "\n",
		},
		{
			name: "newer keys", files: "-- a.yaml --\nrevision: 1\nroutes: [{name: a, emulate: aws}]\nmode: off", version: "0.1.0",
			want: "a.yaml:1:1: GWR212 revision: the filter reads this key since 0.2.0, and 0.1.0 would refuse the document; leave it out\n" +
				"a.yaml:2:20: GWR212 routes[0].emulate: the filter reads this key since 0.2.0, and 0.1.0 would refuse the document; leave it out\n",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			options := build.Options{Set: settings(t, tc.set)}
			if tc.version != "" {
				version, err := build.ParseVersion(tc.version)
				if err != nil {
					t.Fatal(err)
				}
				options.For = version
			}
			built, found := build.Build(read(t, tc.files), options)
			if built != nil {
				t.Fatalf("built %s", built.Text)
			}
			if got := lines(found); !strings.HasPrefix(got, tc.want) || strings.HasSuffix(tc.want, "\n") && got != tc.want {
				t.Errorf("found\n%swant\n%s", got, tc.want)
			}
		})
	}
}

func TestParseErrors(t *testing.T) {
	for argument, want := range map[string]string{
		"":          `--set "": a key is missing`,
		"a":         `--set "a": want path=value, e.g. stageVariables.docs=https://docs.example.com`,
		"a..b=c":    `--set "a..b=c": a key is missing`,
		"a[=c":      `--set "a[=c": an element stands in brackets, by number or by name, e.g. [0] or [legacy]`,
		`a["b]=c`:   `--set "a[\"b]=c": a key in brackets stands in quotes, e.g. ["text/html"]`,
		`a["b"]c=d`: `--set "a[\"b\"]c=d": want path=value, e.g. stageVariables.docs=https://docs.example.com`,
		"=c":        `--set "=c": a key is missing`,
	} {
		if _, err := build.ParseSetting(argument); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", argument, err, want)
		}
	}
	if _, err := build.ParseVersion("0.9"); err == nil || err.Error() != `unknown version "0.9" of the filter; known are 0.1.0, 0.2.0` {
		t.Error(err)
	}
	for _, number := range build.Versions() {
		if _, err := build.ParseVersion("v" + number); err != nil {
			t.Error(err)
		}
	}
}
