// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/finding"
	"gatewayresponses/internal/template"
)

const securityPolicy = "content-security-policy"

// algorithms are the hashes that a source of a policy may have (CSP Level 3, section 2.3.1).
var algorithms = map[string]func(text string) []byte{
	"sha256": func(text string) []byte { sum := sha256.Sum256([]byte(text)); return sum[:] },
	"sha384": func(text string) []byte { sum := sha512.Sum384([]byte(text)); return sum[:] },
	"sha512": func(text string) []byte { sum := sha512.Sum512([]byte(text)); return sum[:] },
}

// elements are those that each directive is about.
var elements = map[string][]string{
	"style-src": {"style"}, "style-src-elem": {"style"}, "script-src": {"script"}, "script-src-elem": {"script"}, "default-src": {"style", "script"},
}

// hashesOfNothing looks for hashes in a Content-Security-Policy that no style and no script of the entry's pages has: somebody has
// changed a page, and browsers drop what they do not find in the policy.
func hashesOfNothing(s *subject, report report) {
	reported := map[finding.Place]bool{} // entries share pages and headers by anchors of YAML
	for e := range s.entries {
		policy, _ := e.header(securityPolicy)
		if policy.Static == "" || e.compiled.IsRaw() {
			continue
		}
		parts, hasPage := e.inline()
		if !hasPage {
			continue
		}
		sources := hashSources(policy.Static)
		for _, source := range sources {
			value := e.valueOf(securityPolicy)
			at := place{value, strings.Index(value.Value, source.text)}
			if parts.has(source) || reported[s.written(at)] {
				continue
			}
			reported[s.written(at)] = true
			report(at, "'"+source.text+"' is the hash of no "+strings.Join(source.elements, " and no ")+" of the page"+parts.advice(source, sources))
		}
	}
}

// hashSource is a hash in a policy.
type hashSource struct {
	// text is the source as written, without the quotes around it.
	text, algorithm string
	sum             string
	// elements are those that it allows.
	elements []string
}

// hashSources are the hashes of a policy. Those beside 'unsafe-hashes' may be of attributes.
func hashSources(policy string) []hashSource {
	var all []hashSource
	for directive := range strings.FieldsFuncSeq(policy, func(r rune) bool { return r == ';' || r == ',' }) {
		words := strings.Fields(directive)
		if len(words) == 0 || slices.ContainsFunc(words, func(word string) bool { return chars.EqualFold(word, "'unsafe-hashes'") }) {
			continue
		}
		about := elements[chars.Lower(words[0])]
		for _, word := range words[1:] {
			text := strings.Trim(word, "'")
			algorithm, encoded, _ := strings.Cut(text, "-")
			algorithm = chars.Lower(algorithm)
			if about == nil || algorithms[algorithm] == nil {
				continue
			}
			// What is no base64 is the hash of nothing.
			sum, _ := base64.StdEncoding.DecodeString(strings.NewReplacer("-", "+", "_", "/").Replace(encoded))
			all = append(all, hashSource{text, algorithm, string(sum), about})
		}
	}
	return all
}

// inline is what stands in the pages of an entry.
type inline struct {
	// elements are the styles and scripts, in order.
	elements []element
	// sums are the hashes of the elements by their names, and integrity those that elements have for what they load.
	sums      map[[3]string]bool
	integrity map[string]bool
}

// element is a style or a script.
type element struct{ name, text string }

// inline finds what stands in the pages of the entry, and whether it has one.
func (e *entry) inline() (inline, bool) {
	found, hasPage := inline{sums: map[[3]string]bool{}, integrity: map[string]bool{}}, false
	for _, body := range e.bodies {
		switch chars.MediaType(body.MediaType) {
		case "text/html", "application/xhtml+xml":
			hasPage = true
			page, _ := body.Template.Render(nil, template.NoLimit, body.Plain)
			found.read(string(page))
		}
	}
	return found, hasPage
}

// read reads a page.
func (in *inline) read(page string) {
	name := ""
	for tokens := html.NewTokenizer(strings.NewReader(page)); ; {
		kind := tokens.Next()
		switch {
		case kind == html.ErrorToken:
			return
		case kind == html.StartTagToken:
			token := tokens.Token()
			name = token.Data
			for _, attribute := range token.Attr {
				if attribute.Key == "integrity" {
					for word := range strings.FieldsSeq(attribute.Val) {
						in.integrity[word] = true
					}
				}
			}
		case kind == html.TextToken && (name == "style" || name == "script"):
			in.add(element{name, string(tokens.Text())})
			name = ""
		default:
			name = ""
		}
	}
}

// add adds a style or a script.
func (in *inline) add(e element) {
	in.elements = append(in.elements, e)
	for algorithm, sum := range algorithms {
		in.sums[[3]string{e.name, algorithm, string(sum(e.text))}] = true
	}
}

// has reports whether an element has a hash.
func (in *inline) has(source hashSource) bool {
	return in.integrity[source.text] || slices.ContainsFunc(source.elements, func(name string) bool {
		return in.sums[[3]string{name, source.algorithm, source.sum}]
	})
}

// maxAdvised is how many hashes are named in the place of one.
const maxAdvised = 3

// advice says what to write in the place of a hash of nothing: the hashes of elements that none of the sources allows.
func (in *inline) advice(source hashSource, sources []hashSource) string {
	allowed := map[[3]string]bool{}
	for _, s := range sources {
		for _, name := range s.elements {
			allowed[[3]string{name, s.algorithm, s.sum}] = true
		}
	}
	var others []string
	for _, e := range in.elements {
		sum := algorithms[source.algorithm](e.text)
		if len(others) < maxAdvised && slices.Contains(source.elements, e.name) && !allowed[[3]string{e.name, source.algorithm, string(sum)}] {
			others = append(others, "'"+source.algorithm+"-"+base64.StdEncoding.EncodeToString(sum)+"'")
		}
	}
	if others == nil {
		return "; remove it"
	}
	return ", so browsers drop what is there; write " + strings.Join(slices.Compact(others), " ")
}
