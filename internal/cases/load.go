// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"

	"golang.org/x/tools/txtar"
)

//go:embed corpus
var corpus embed.FS

// Load reads the whole corpus, in the order of the names. An error names the file.
func Load() ([]Case, error) {
	var all []Case
	err := fs.WalkDir(corpus, "corpus", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := corpus.ReadFile(path)
		if err != nil {
			return err
		}
		name := strings.TrimSuffix(strings.TrimPrefix(path, "corpus/"), ".txtar")
		c, err := Parse(name, text)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, c)
		return nil
	})
	return all, err
}

// Parse reads one case.
func Parse(name string, text []byte) (Case, error) {
	archive := txtar.Parse(text)
	c := Case{Name: name, About: strings.TrimSpace(string(archive.Comment))}
	if c.About == "" {
		return c, fmt.Errorf("no text before the first file; say what the case shows")
	}
	files := map[string]string{}
	var templates []string
	for _, file := range archive.Files {
		if _, ok := files[file.Name]; ok {
			return c, fmt.Errorf("two files called %q", file.Name)
		}
		files[file.Name] = string(file.Data)
		if strings.HasPrefix(file.Name, templatePrefix) {
			templates = append(templates, file.Name)
		}
	}
	return c, c.fill(files, templates)
}

// fill reads the files of the archive into the case, and those called templates in their order.
func (c *Case) fill(files map[string]string, templates []string) error {
	readers := map[string]func(string) error{
		"document.json": c.readDocument,
		"request":       c.readRequest,
		"envoy":         c.readEnvoy,
		"attributes":    c.readAttributes,
		"reply":         c.readReply,
		"want":          c.readWant,
		"trace":         c.readTrace,
	}
	for name := range files {
		if readers[name] == nil && !strings.HasPrefix(name, templatePrefix) {
			return fmt.Errorf("unknown file %q", name)
		}
	}
	// In this order, because want falls back to reply.
	for _, name := range []string{"document.json", "request", "envoy", "attributes", "reply", "want", "trace"} {
		text, ok := files[name]
		if !ok && (name == "document.json" || name == "request" || name == "reply") {
			return fmt.Errorf("no file %q", name)
		}
		if !ok && name == "want" {
			c.wantUntouched()
		}
		if !ok {
			continue
		}
		if err := readers[name](text); err != nil {
			return fmt.Errorf("file %q: %w", name, err)
		}
	}
	for _, name := range templates {
		if err := c.addTemplate(name, files[name]); err != nil {
			return fmt.Errorf("file %q: %w", name, err)
		}
	}
	return nil
}
