// SPDX-License-Identifier: Apache-2.0

package variant

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

//go:embed envoy.yaml
var template string

// words are what a file leaves open.
var words = regexp.MustCompile(`\$[a-z]+`)

// Listener is the name of the listener that is measured.
const Listener = "gateway"

// Values are what the words of a file stand for.
type Values struct {
	// Upstream is the port of the upstream.
	Upstream int
	// Modules are the paths of modules, by word without "$".
	Modules map[string]string
	// Document is the text behind $document.
	Document []byte
}

// Render makes Envoy's configuration.
func (v Variant) Render(values Values) ([]byte, error) {
	fields, err := values.fill(v.fields)
	if err != nil {
		return nil, fmt.Errorf("variant %s: %w", v.Name, err)
	}
	return insert(fields, values), nil
}

// RenderDiscovered makes the configuration of an Envoy that reads the first filter of the variant from a file, which Discovery
// makes.
func (v Variant) RenderDiscovered(values Values, path string) ([]byte, error) {
	name, entry, err := v.first()
	if err != nil {
		return nil, err
	}
	kind := regexp.MustCompile(`"@type": (\S+)`).FindStringSubmatch(entry)
	if kind == nil {
		return nil, fmt.Errorf("variant %s: the first filter has no @type", v.Name)
	}
	return insert("http_filters:\n- name: "+name+"\n  config_discovery:\n    config_source: {resource_api_version: V3, path_config_source: {path: "+
		strconv.Quote(path)+"}}\n    type_urls: ["+kind[1]+"]\n", values), nil
}

// Discovery makes the file that an Envoy of RenderDiscovered reads. It is new to Envoy when its text differs.
func (v Variant) Discovery(values Values, version string) ([]byte, error) {
	name, entry, err := v.first()
	if err != nil {
		return nil, err
	}
	if entry, err = values.fill(entry); err != nil {
		return nil, fmt.Errorf("variant %s: %w", v.Name, err)
	}
	// An entry of http_filters has the fields of a TypedExtensionConfig.
	return []byte("version_info: " + strconv.Quote(version) + "\nresources:\n" +
		"- \"@type\": type.googleapis.com/envoy.config.core.v3.TypedExtensionConfig\n  name: " + name + "\n" + entry), nil
}

// first is the first filter of the variant: its name, and the lines behind that.
func (v Variant) first() (name, entry string, err error) {
	_, list, _ := strings.Cut("\n"+v.fields, "\nhttp_filters:\n- name: ")
	list, _, _ = strings.Cut(list, "\n- ")
	name, entry, ok := strings.Cut(list, "\n")
	if !ok {
		return "", "", fmt.Errorf("variant %s has no filter that begins with its name", v.Name)
	}
	return name, strings.TrimRight(entry, "\n") + "\n", nil
}

// fill replaces the words of a text.
func (values Values) fill(text string) (string, error) {
	var problems []error
	text = words.ReplaceAllStringFunc(text, func(word string) string {
		if word == "$document" {
			quoted, err := json.Marshal(string(values.Document))
			if err != nil || len(values.Document) == 0 {
				problems = append(problems, errors.New("there is no document for $document"))
			}
			return string(quoted)
		}
		path, ok := values.Modules[word[1:]]
		if !ok {
			problems = append(problems, fmt.Errorf("%s is not known; want $document or a module", word))
		}
		return path
	})
	return text, errors.Join(problems...)
}

// insert puts the fields of a variant into the configuration.
func insert(fields string, values Values) []byte {
	const begin = "          # begin variant\n"
	const indent = "          "
	var b strings.Builder
	for line := range strings.Lines(fields) {
		if line != "\n" {
			b.WriteString(indent)
		}
		b.WriteString(line)
	}
	text := strings.Replace(template, "port_value: $upstream", "port_value: "+strconv.Itoa(values.Upstream), 1)
	return []byte(strings.Replace(text, begin, begin+b.String(), 1))
}
