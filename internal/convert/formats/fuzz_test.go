// SPDX-License-Identifier: Apache-2.0

package formats

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"gatewayresponses/config"
	"gatewayresponses/internal/convert"
	"gatewayresponses/internal/convert/object"
	"gatewayresponses/internal/convert/tree"
	"gatewayresponses/internal/engine"
)

// FuzzImport holds that whatever a source holds, an import does not fail, gives a document without errors, and gives the same one
// every time; and that the document as YAML, comments and all, is the same document.
func FuzzImport(f *testing.F) {
	for _, s := range samples(f) {
		for _, file := range s.archive.Files {
			if file.Name != "options" && file.Name != "extension" && !slices.Contains(goldens, file.Name) {
				f.Add(string(file.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		if source, ok := sourceOf(text); ok {
			checkImport(t, source)
		}
	})
}

// FuzzValues holds the same for every value that a template of CloudFormation has at the places that an import reads.
func FuzzValues(f *testing.F) {
	f.Add("pets", "api.example.com", "pets", "prod", "docs", "THROTTLED", "429", "gatewayresponse.header.X", "'x'", "application/json", "$context.path")
	f.Add("a b", "*.x", "(none)", "", "a.b", "default_4xx", "099", "gatewayresponse.header.Content-Type", "context.x", "text/html; a=b", "<a href=$context.path>")
	f.Add("off", "a:80", "%2f", "$x", "", "UNSUPPORTED_MEDIA_TYPES", "600", "Headers", "response.header.x", "*/*", "${context.x|y}")
	f.Add("", "", "", "", "$", "X_A", "", "", "'\x01'", "", "${")
	f.Fuzz(func(t *testing.T, name, host, base, stage, variable, responseType, status, key, value, media, template string) {
		type is map[string]any
		resources := is{}
		for _, id := range []string{"a", "b"} {
			api := is{"Ref": id}
			resources[id] = is{"Type": "AWS::ApiGateway::RestApi", "Properties": is{"Name": name}}
			resources[id+"stage"] = is{"Type": "AWS::ApiGateway::Stage", "Properties": is{"RestApiId": api, "StageName": stage, "Variables": is{variable: value, "x": template}}}
			resources[id+"host"] = is{"Type": "AWS::ApiGateway::BasePathMapping", "Properties": is{"RestApiId": api, "DomainName": host, "BasePath": base}}
			for i, t := range []string{responseType, "DEFAULT_4XX"} {
				resources[fmt.Sprint(id, "entry", i)] = is{"Type": "AWS::ApiGateway::GatewayResponse", "Properties": is{
					"RestApiId": api, "ResponseType": t,
					"StatusCode": status, "ResponseParameters": is{key: value, "gatewayresponse.header." + variable: value},
					"ResponseTemplates": is{media: template, "text/html": template, "application/json": template, "text/plain": value},
				}}
			}
		}
		text, err := json.Marshal(is{"Resources": resources})
		if err != nil {
			t.Fatal(err)
		}
		if source, ok := sourceOf(string(text)); ok {
			checkImport(t, source)
		}
	})
}

// checkImport imports a source in every format that recognises it.
func checkImport(t *testing.T, source *convert.Source) {
	t.Helper()
	for _, format := range All() {
		if !format.Recognise(source) {
			continue
		}
		result, err := format.Import(source, convert.Options{})
		if err != nil {
			t.Fatalf("%s: %v", format.Name, err)
		}
		made, spots := result.Document.Compact()
		_, found := engine.Load(made, engine.Everything())
		if found.HasErrors() && len(made) <= config.MaxSize {
			t.Errorf("%s: the document has errors:\n%v\n%s", format.Name, found, made)
		}
		result.Judge(spots, found)
		again, err := format.Import(source, convert.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if second, _ := again.Document.Compact(); !bytes.Equal(made, second) {
			t.Errorf("%s: a second import gives\n%s\nand the first gave\n%s", format.Name, second, made)
		}
		written := result.Document.YAML(result.Comments())
		file, err := tree.Read("f", written)
		if err != nil {
			t.Fatalf("%s: %v\n%s", format.Name, err, written)
		}
		value, _ := object.Of(file.Documents[0])
		if back := object.Line(value); !bytes.Equal(back, made) {
			t.Errorf("%s: as YAML the document is\n%s\nwant\n%s", format.Name, back, made)
		}
	}
}

// sourceOf is a source of one file, if the text can be read.
func sourceOf(text string) (*convert.Source, bool) {
	file, err := tree.Read("f", []byte(text))
	if err != nil {
		return nil, false
	}
	return &convert.Source{Name: "f", Files: []*tree.File{file}}, true
}

// FuzzManifests holds the same for every value that manifests have at the places that an import reads.
func FuzzManifests(f *testing.F) {
	f.Add("web", "shop", "shop.example.com", "/api(/|$)(.*)", "404,503", "404.html", "<h1>$context.path</h1>", "Exact")
	f.Add("", "", "", "", "", "", "", "")
	f.Add("PROTOCOL", "RESPONSE_CODE", "X-Kind", "/in", "503", "text/html; a=b", "%REQ(:PATH)% 100%% %RESPONSE_CODE% <a href=%REQ(X)%> %%% ${context.", "prefix")
	f.Add("", "Location", "Location", "/in", "503", "application/json", "https://%REQ(HOST)%/%LOCAL_REPLY_BODY%%REQ(:PATH)%%FILTER_STATE(a.b:PLAIN)%%DYNAMIC_METADATA(a:b:c)%", "UT")
	f.Add("a b\x00", "off", "*.x:80", "/a/../{b}//", "401,401,4xx,999", "5xx.json", "${context.", "Prefix")
	f.Fuzz(func(t *testing.T, namespace, name, host, path, list, page, text, pathType string) {
		type is map[string]any
		ingress := func(name string, annotations is) is {
			return is{
				"kind": "Ingress", "metadata": is{"name": name, "namespace": namespace, "annotations": annotations},
				"spec": is{"defaultBackend": is{}, "rules": []is{{"host": host, "http": is{"paths": []is{{"path": path, "pathType": pathType}, {"path": "/" + path}}}}, {"host": "x.example.com"}}},
			}
		}
		source, err := json.Marshal(is{"kind": "List", "items": []is{
			{"kind": "ConfigMap", "metadata": is{"name": name}, "data": is{"custom-http-errors": list, page: text, "404.json": text, "4xx.txt": text, "404": text}},
			ingress(name, is{"nginx.ingress.kubernetes.io/custom-http-errors": list, "nginx.ingress.kubernetes.io/use-regex": pathType}),
			ingress(name, is{"nginx.ingress.kubernetes.io/default-backend": text}),
			{"kind": "BackendTrafficPolicy", "metadata": is{"namespace": namespace}, "spec": is{
				"targetRefs": []is{{"kind": "HTTPRoute", "name": name}},
				"responseOverride": []is{
					{"match": is{"statusCodes": []is{{"value": list}, {"range": is{"start": 404, "end": 499}}}, "source": pathType}, "response": is{"contentType": page, "statusCode": list, "body": is{"inline": text}, "header": is{"set": []is{{"name": host, "value": text}}, "remove": []string{name}}}},
					{"match": is{"statusCodes": []is{{"value": 500}}, "headers": []is{{"name": host, "value": text}}}, "response": is{"contentType": "text/html", "body": is{"valueRef": is{"name": name}}}},
					{"match": is{"statusCodes": []is{{"value": 501}}}, "redirect": is{"hostname": host, "scheme": pathType, "path": is{"replaceFullPath": path}}},
				},
			}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		if source, ok := sourceOf(string(source)); ok {
			checkImport(t, source)
		}
		exact := is{"header_filter": is{"header": is{"name": host, "exact_match": text, "string_match": is{pathType: path}}}}
		reply, err := json.Marshal(is{"body_format": is{"text_format": text, "content_type": page}, "mappers": []is{
			{"filter": exact, "body": is{"inline_string": text}, "headers_to_add": []is{{"header": is{"key": host, "value": text}}, {"header": is{"key": name, "value": "%RESP(" + host + ")%"}}}},
			{"filter": is{"and_filter": is{"filters": []is{exact, {"response_flag_filter": is{"flags": []string{pathType}}}}}}, "body_format_override": is{"json_format": is{text: text, name: []string{text, "%" + name + "%"}}}},
		}})
		if err != nil {
			t.Fatal(err)
		}
		if source, ok := sourceOf(string(reply)); ok {
			checkImport(t, source)
		}
	})
}
