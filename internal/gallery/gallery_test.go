// SPDX-License-Identifier: Apache-2.0

package gallery

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/survey"
)

// hostile is a body that would end the frame and run, were it not escaped.
const hostile = `<p title="a">"></iframe><script>alert(1)</script><img src="https://elsewhere.example/x.png">`

// surveyOf surveys a document.
func surveyOf(t *testing.T, value any) survey.Survey {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	document, _ := config.Decode(text)
	program, findings := engine.Load(text, engine.Everything())
	if program == nil {
		t.Fatal(findings)
	}
	return survey.Of(exchange.Document{Config: document, Program: program})
}

// object is JSON.
type object = map[string]any

// sample is the survey of a document with routes whose names are hard to write as files.
func sample(t *testing.T) survey.Survey {
	t.Helper()
	entry := object{"responseTemplates": object{"text/html": hostile, "application/problem+json": `{"a":1}`}}
	return surveyOf(t, object{
		"gatewayResponses": object{"THROTTLED": entry, "ACCESS_DENIED": object{"statusCode": 204}},
		"routes": []object{
			{"name": "../../a:b", "gatewayResponses": object{"THROTTLED": object{"statusCode": 430}}},
			{"name": ".._.._A-b", "gatewayResponses": object{"THROTTLED": object{"statusCode": 431}}},
			{"name": ".._.._a-b", "gatewayResponses": object{"THROTTLED": object{"statusCode": 432}}},
			{"name": strings.Repeat("n", 5000), "gatewayResponses": object{"THROTTLED": object{"statusCode": 433}}},
		},
	})
}

func TestFiles(t *testing.T) {
	files, err := Files("gwr.yaml", sample(t))
	if err != nil {
		t.Fatal(err)
	}
	texts, lower := map[string]string{}, map[string]bool{}
	for _, f := range files {
		if lower[strings.ToLower(f.Name)] {
			t.Errorf("%s is there twice", f.Name)
		}
		lower[strings.ToLower(f.Name)] = true
		texts[f.Name] = string(f.Text)
		for _, part := range strings.Split(f.Name, "/") {
			if part == "" || part[0] == '.' || len(part) > 200 {
				t.Errorf("%q has the part %q", f.Name, part)
			}
		}
		if path.Clean(f.Name) != f.Name || path.IsAbs(f.Name) {
			t.Errorf("%q leads elsewhere", f.Name)
		}
	}
	want := "# GET https://gateway.example.com/, accept: text/html\n# Envoy: 429 local_rate_limited\nHTTP/1.1 429\ncontent-type: text/html\n" +
		"content-length: 92\nvary: Accept\n\n" + hostile + "\n"
	if diff := cmp.Diff(want, texts["document/THROTTLED.text-html.http"]); diff != "" {
		t.Errorf("a reply (-want +got):\n%s", diff)
	}
	if got := texts["document/THROTTLED.text-html.html"]; got != hostile {
		t.Errorf("a body is %q, want it as it is", got)
	}
	var index Index
	if err := json.Unmarshal([]byte(texts[indexName]), &index); err != nil {
		t.Fatal(err)
	}
	for _, e := range index.Replies {
		reply, there := texts[e.Reply]
		if !there || e.Body != "" && !strings.Contains(reply, texts[e.Body]) {
			t.Errorf("%s %s %s: the index names %q and %q", e.Route, e.Type, e.MediaType, e.Reply, e.Body)
		}
		if e.Route != "" && e.Type == "ACCESS_DENIED" && e.Reply != "document/ACCESS_DENIED.http" {
			t.Errorf("the same reply on route %q is in %s", e.Route, e.Reply)
		}
	}
	again, _ := Files("gwr.yaml", sample(t))
	if diff := cmp.Diff(files, again); diff != "" {
		t.Errorf("a second time gives other files:\n%s", diff)
	}
}

// TestPageOfGRPC holds that a client of gRPC is shown its status, and not the 200 of HTTP.
func TestPageOfGRPC(t *testing.T) {
	text, err := Page("", surveyOf(t, object{"grpc": object{"statuses": object{"THROTTLED": "RESOURCE_EXHAUSTED"}}}))
	if err != nil {
		t.Fatal(err)
	}
	if want := `<li class="status s4"><span class="hidden">Status </span>RESOURCE_EXHAUSTED</li>`; !strings.Contains(string(text), want) {
		t.Errorf("the page lacks %s", want)
	}
}

// TestPage holds that bodies stay in their frames, that nothing but the script of the page can run, and that nothing is asked for.
func TestPage(t *testing.T) {
	text, err := Page("<gwr.yaml>", sample(t))
	if err != nil {
		t.Fatal(err)
	}
	var frames, scripts int
	var policy string
	ids := map[string]bool{}
	for tokens := html.NewTokenizer(strings.NewReader(string(text))); ; {
		kind := tokens.Next()
		if kind == html.ErrorToken {
			if !errors.Is(tokens.Err(), io.EOF) {
				t.Fatal(tokens.Err())
			}
			break
		}
		token := tokens.Token()
		if kind != html.StartTagToken {
			continue
		}
		attributes := map[string]string{}
		for _, a := range token.Attr {
			attributes[a.Key] = a.Val
		}
		if id := attributes["id"]; id != "" && ids[id] {
			t.Errorf("the id %s is there twice", id)
		} else if id != "" {
			ids[id] = true
		}
		switch token.Data {
		case "iframe":
			frames++
			if sandbox, there := attributes["sandbox"]; !there || sandbox != "" || attributes["srcdoc"] != hostile || attributes["title"] == "" {
				t.Errorf("a frame is %v", attributes)
			}
		case "script":
			scripts++
		case "img", "link":
			t.Errorf("the page asks for %v", token)
		case "meta":
			if attributes["http-equiv"] == "Content-Security-Policy" {
				policy = attributes["content"]
			}
		}
	}
	if frames != 1 || scripts != 1 {
		t.Errorf("the page has %d frames and %d scripts, want one of each", frames, scripts)
	}
	sum := sha256.Sum256([]byte(script))
	if hash := "script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, hash) || !strings.HasPrefix(policy, "default-src 'none'") {
		t.Errorf("the policy is %q, want one with %s", policy, hash)
	}
	if !strings.Contains(string(text), "<script>"+script+"</script>") {
		t.Error("the script is not as it was hashed")
	}
	for _, want := range []string{"&lt;gwr.yaml&gt;: 7 replies", ">204<", "no body", "Left as Envoy made them", "Never seen", " 4 more on routes are the same"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}
