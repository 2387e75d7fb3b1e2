// SPDX-License-Identifier: Apache-2.0

package variant

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// Job is what a variant does with an error that Envoy itself makes.
type Job string

// The jobs.
const (
	// Original leaves it as it is.
	Original Job = "original"
	// Message gives it a body of JSON with a message.
	Message Job = "message"
	// Rewrite gives it a body of JSON with message, type, and what the request had for id and path.
	Rewrite Job = "rewrite"
)

// Baseline is the variant that all others are compared with.
const Baseline = "none"

// Variant is one thing that is measured.
type Variant struct {
	// Name is that of the file, with "@BUILD" behind it where several builds of the filter are compared.
	Name string
	// Title, Does and Reload are what the file says.
	Title  string
	Does   Job
	Reload bool
	// Skip has the scenarios that the variant is not measured in, and why.
	Skip map[string]string
	// Modules are the modules that the file names, without "$".
	Modules []string
	// documentFile is the name of the document, "" for none.
	documentFile string
	// Document is its text.
	Document []byte
	fields   string
}

// Read reads all variants of a folder, the baseline first. Documents are read from another one.
func Read(folder, documents string) ([]Variant, error) {
	paths, err := filepath.Glob(filepath.Join(folder, "*.yaml"))
	if err != nil {
		return nil, err
	}
	var all []Variant
	var problems []error
	for _, path := range paths {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		v, err := parse(strings.TrimSuffix(filepath.Base(path), ".yaml"), string(text))
		if err == nil && v.documentFile != "" {
			v.Document, err = os.ReadFile(filepath.Join(documents, v.documentFile))
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", path, err))
		}
		all = append(all, v)
	}
	baseline := slices.IndexFunc(all, func(v Variant) bool { return v.Name == Baseline })
	if baseline < 0 {
		return nil, errors.Join(append(problems, fmt.Errorf("%s has no %s.yaml, which all variants are compared with", folder, Baseline))...)
	}
	return slices.Concat(all[baseline:baseline+1], all[:baseline], all[baseline+1:]), errors.Join(problems...)
}

// keyLine is a comment that says what the file is.
var keyLine = regexp.MustCompile(`^# ([a-z]+): (.+)$`)

// parse reads the text of a file.
func parse(name, text string) (Variant, error) {
	v := Variant{Name: name, Skip: map[string]string{}}
	var problems []error
	fields := text
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			break
		}
		fields = fields[len(line):]
		found := keyLine.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if found == nil {
			continue
		}
		if err := v.set(found[1], found[2]); err != nil {
			problems = append(problems, err)
		}
	}
	v.fields = fields
	if v.Title == "" || v.Does == "" {
		problems = append(problems, errors.New(`want the lines "# title: ..." and "# does: ..." at the beginning`))
	}
	if list := strings.LastIndex("\n"+fields, "\nhttp_filters:\n"); list < 0 || regexp.MustCompile(`(?m)^[^-\s#]`).MatchString(fields[list+len("http_filters:\n"):]) {
		problems = append(problems, errors.New("want http_filters as the last field, which goes on with the filters that all variants share"))
	}
	for _, word := range words.FindAllString(fields, -1) {
		if word = word[1:]; word != "document" && !slices.Contains(v.Modules, word) {
			v.Modules = append(v.Modules, word)
		}
	}
	return v, errors.Join(problems...)
}

// set takes what a comment says.
func (v *Variant) set(key, value string) error {
	switch key {
	case "title":
		v.Title = value
	case "does":
		v.Does = Job(value)
		if v.Does != Original && v.Does != Message && v.Does != Rewrite {
			return fmt.Errorf("does: %q; want %s, %s or %s", value, Original, Message, Rewrite)
		}
	case "document":
		v.documentFile = value
	case "reload":
		if value != "yes" {
			return fmt.Errorf("reload: %q; want yes, or no such line", value)
		}
		v.Reload = true
	case "skip":
		scenarios, why, ok := strings.Cut(value, ": ")
		if !ok {
			return fmt.Errorf("skip: %q; want scenarios, a colon, and why", value)
		}
		for _, scenario := range strings.Split(scenarios, ", ") {
			v.Skip[scenario] = why
		}
	default:
		return fmt.Errorf("# %s: is not known; want title, does, document, reload or skip", key)
	}
	return nil
}
