// SPDX-License-Identifier: Apache-2.0

package template

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
)

const (
	// maxForks is in how many more ways than one the URLs in a place are read. Each doubling takes a variable whose values differ
	// in shape from route to route, at a place where that matters.
	maxForks = 15
	// maxOwners is how much of an owner's value is read, half of it at the end.
	maxOwners = 64
)

// owned takes a variable of the owner: it goes on behind each of the values that it may have, with variables on the way to end, but
// for the last, behind which the caller goes on.
func (r *urlReader) owned(v *variable, variables []variable, end int) {
	if r.state == urlSettled && !r.kind.isList() {
		return
	}
	values := r.parser.ownersValues(v)
	last := len(values) - 1
	for _, value := range values[:last] {
		if *r.forks == maxForks {
			r.refuse(v, "is one of many in "+r.place+" that make different URLs from route to route", "use one variable for the beginning of the URL")
			break
		}
		*r.forks++
		fork := *r
		fork.scheme = slices.Clone(r.scheme)
		fork.takeOwners(v, value)
		fork.walk(variables, end)
	}
	r.takeOwners(v, values[last])
}

// takeOwners takes a value of a variable.
func (r *urlReader) takeOwners(v *variable, value string) {
	r.owner, r.value = v, value
	r.takeText(value)
}

// refuse reports a variable that cannot be used where it stands, and what stands in front of it for that.
func (r *urlReader) refuse(v *variable, problem, instead string) {
	if r.owner != nil && r.owner.start < v.start {
		instead += `; "$` + r.owner.name + `" in front of it may be ` + quote.Text(r.value)
	}
	r.parser.refuse(code.UnsafeURL, v, problem, instead)
}

// takeText takes the characters of a value.
func (r *urlReader) takeText(value string) {
	for _, c := range value {
		r.take(c)
	}
}

// ownersValues are the values that a variable of the owner may have, as they enter the text; there is one at least.
func (p *parser) ownersValues(v *variable) []string {
	var values []string
	if p.options.Owners != nil {
		values = p.options.Owners(v.name)
	}
	if len(values) == 0 {
		return []string{""}
	}
	entering := make([]string, len(values))
	for i, value := range values {
		entering[i] = shortened(value)
		if v.slot.filter != nil {
			entering[i] = string(v.slot.filter(nil, entering[i]))
		}
	}
	return entering
}

// shortened is a value without its middle if it is long, so that no repetition of a variable makes much work. What a URL may become
// is decided at the beginning of a value and at its end.
func shortened(value string) string {
	if len(value) <= maxOwners {
		return value
	}
	return value[:maxOwners/2] + value[len(value)-maxOwners/2:]
}

// URLShape is the same for values of the owner behind which every URL goes on in the same way, such as two hosts.
func URLShape(value string) string {
	value = shortened(value)
	var b strings.Builder
	for _, kind := range []urlKind{urlHeader, urlCandidates, urlValues, urlRefresh, urlLink} {
		for _, state := range []urlState{urlStart, urlSlash, urlAuthority, urlHost, urlSettled} {
			r := urlReader{kind: kind, state: state}
			r.takeText(value)
			b.WriteString(strconv.Itoa(int(r.state)))
			b.WriteString(strconv.Itoa(min(r.slashes, len("//"))))
			b.WriteString(strconv.Itoa(min(r.dots, len(".."))))
			if r.state == urlStart {
				b.WriteString(shapeOfScheme(string(r.scheme)))
			}
		}
	}
	return b.String()
}

// shapeOfScheme is what counts of the beginning of a scheme: itself if it may become one that matters.
func shapeOfScheme(scheme string) string {
	for _, whole := range []string{"javascript", "vbscript", "data", "https", "wss", "ftp", "file", "url"} {
		if strings.HasPrefix(whole, scheme) {
			return scheme
		}
	}
	return "x"
}
