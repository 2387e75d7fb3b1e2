// SPDX-License-Identifier: Apache-2.0

package main

import (
	"cmp"
	"slices"
	"strings"
)

// weight is a line of the answer.
type weight struct {
	name string
	// code, tables and other are bytes of the module.
	code, tables, other int
	functions           int
}

func (w weight) total() int { return w.code + w.tables + w.other }

// What is no package.
const (
	noName    = "(functions without a package)"
	constants = "(texts, types, variables)"
	sections  = "(other sections)"
)

// weigh says what functions weigh in a module, under the names that by gives them, the heaviest first. The sum is the size of
// the file.
func weigh(file []byte, by func(function string) string) ([]weight, error) {
	module, err := readModule(file)
	if err != nil {
		return nil, err
	}
	functions, err := readFunctions(module.memory)
	if err != nil {
		return nil, err
	}
	s := &scale{index: map[string]int{}, owners: make([]int, len(module.memory))}
	names := make([]string, len(module.bodies))
	for _, f := range functions {
		name := by(f.name)
		if f.body >= 0 && f.body < len(names) {
			names[f.body] = name
		}
		s.own(name, f.tables)
	}
	for i, size := range module.bodies {
		w := s.of(cmp.Or(names[i], noName))
		w.code += size
		w.functions++
	}
	for _, piece := range module.segments {
		s.share(piece)
	}
	s.of(sections).other += module.rest
	slices.SortFunc(s.weights, func(a, b weight) int {
		return cmp.Or(cmp.Compare(b.total(), a.total()), cmp.Compare(a.name, b.name))
	})
	return s.weights, nil
}

// scale gathers the weights.
type scale struct {
	weights []weight
	// index finds a weight by its name.
	index map[string]int
	// owners are, for each address of the memory, 1 plus the index of the package whose tables are there; 0 for none.
	owners []int
}

// of is the weight with a name.
func (s *scale) of(name string) *weight {
	i, ok := s.index[name]
	if !ok {
		i = len(s.weights)
		s.index[name] = i
		s.weights = append(s.weights, weight{name: name})
	}
	return &s.weights[i]
}

// own notes whose the parts of the memory are that nobody owns.
func (s *scale) own(name string, spans []span) {
	s.of(name)
	owner := 1 + s.index[name]
	for _, span := range spans {
		for at := span.from; at < min(span.to, len(s.owners)) && s.owners[at] == 0; at++ {
			s.owners[at] = owner
		}
	}
}

// share gives the bytes of a piece to their owners, and its head to that of the first one.
func (s *scale) share(piece segment) {
	bytes := piece.head
	for at := piece.address; at < piece.address+piece.length; at++ {
		bytes++
		next := at + 1
		if next < piece.address+piece.length && s.owners[next] == s.owners[at] {
			continue
		}
		if owner := s.owners[at]; owner > 0 {
			s.weights[owner-1].tables += bytes
		} else {
			s.of(constants).other += bytes
		}
		bytes = 0
	}
	s.of(constants).other += bytes
}

// packageOf is the package of a function: what stands before the first dot after the last slash. Type arguments, which come
// in brackets, have slashes of their own, and what compares or hashes values of a type has a prefix.
func packageOf(function string) string {
	name, _, _ := strings.Cut(function, "[")
	name = strings.TrimPrefix(strings.TrimPrefix(name, "type:.eq."), "type:.hash.")
	name, _, _ = strings.Cut(name, "(")
	slash := strings.LastIndexByte(name, '/') + 1
	dot := strings.IndexByte(name[slash:], '.')
	if dot <= 0 {
		return noName
	}
	return strings.ReplaceAll(name[:slash+dot], "%2e", ".")
}

// otherPackages is one line for all packages whose functions are not asked for.
const otherPackages = "(other packages)"

// only gives the functions of a package their own names, and all others one.
func only(path string) func(string) string {
	return func(function string) string {
		if packageOf(function) == path {
			return function
		}
		return otherPackages
	}
}

// groups sums the weights of packages by who wrote them.
func groups(weights []weight) []weight {
	all := []weight{{name: "all of ours"}, {name: "all of the runtime"}, {name: "all of the standard library"}, {name: "all of third parties"}}
	for _, w := range weights {
		if strings.HasPrefix(w.name, "(") {
			continue
		}
		g := &all[groupOf(w.name)]
		g.code += w.code
		g.tables += w.tables
		g.functions += w.functions
	}
	return all
}

// groupOf is the place of a package in groups. The first element of the path of a third party has a dot.
func groupOf(path string) int {
	first, _, _ := strings.Cut(path, "/")
	switch {
	case first == "main", first == "gatewayresponses":
		return 0
	case first == "runtime", strings.HasPrefix(path, "internal/runtime/"), path == "internal/abi", path == "internal/bytealg":
		return 1
	case strings.Contains(first, "."):
		return 3
	default:
		return 2
	}
}
