// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"errors"
	"maps"
	"slices"
	"sort"
	"strings"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/nearest"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
	"gatewayresponses/internal/vars"
)

// filled is a template whose names are resolved.
type filled struct {
	*template.Template
	variables []vars.Variable
	// known[i] tells whether variables[i] means something; what does not has no value (emulate: aws).
	known []bool
}

// kinds translates what a value is into how a template quotes it.
var kinds = map[vars.Form]template.Kind{
	vars.Text:   template.KindText,
	vars.JSON:   template.KindJSON,
	vars.Quoted: template.KindQuoted,
}

// resolve finds a variable, and refuses what the document cannot mean: an unknown name, or a stage variable that the
// document does not have. AWS refuses neither, so with emulate: aws such a name only has no value.
func (c *compiler) resolve(name string) (vars.Variable, error) {
	variable, err := vars.Resolve(name, c.authorizer)
	if c.inMetadata && variable.IsAttribute() {
		return vars.Variable{}, attributeError(name)
	}
	if unknown, ok := errors.AsType[*vars.UnknownError](err); ok && !c.suggests() {
		return variable, errors.New(unknown.Brief())
	}
	if err != nil {
		return variable, err
	}
	stage, ok := strings.CutPrefix(name, "stageVariables.")
	if !ok {
		return variable, nil
	}
	for _, variables := range c.stageVariables {
		if _, ok := variables[stage]; ok {
			return variable, nil
		}
	}
	return variable, errors.New("the document has no stage variable " + quote.Text(stage) + c.suggestStageVariable(stage))
}

// maxSuggestions is for how many names of a document the one that was probably meant is looked for. The plugin logs no
// more findings, and thousands of names against thousands of stage variables would take seconds.
const maxSuggestions = 100

// suggests tells whether to look for the name that was probably meant, once more.
func (c *compiler) suggests() bool {
	if c.scope.emulatesAWS() || c.suggestions == maxSuggestions {
		// With emulate: aws nobody reads the message.
		return false
	}
	c.suggestions++
	return true
}

// suggestStageVariable names the stage variable that was probably meant.
func (c *compiler) suggestStageVariable(name string) string {
	const add = "; add it to \"stageVariables\""
	if !c.suggests() {
		return add
	}
	var names []string
	for _, variables := range c.stageVariables {
		names = slices.AppendSeq(names, maps.Keys(variables))
	}
	sort.Stable(sort.StringSlice(names))
	if meant, ok := nearest.Of(name, names); ok {
		return "; did you mean " + quote.Text(meant) + "?"
	}
	return add
}

// parse parses a template and resolves its names.
func (c *compiler) parse(text string, options template.Options) (filled, []template.Error) {
	options.Resolve = func(name string) (template.Kind, error) {
		variable, err := c.resolve(name)
		if err != nil && !c.tolerates(err) {
			return template.KindText, err
		}
		return kinds[variable.Form()], nil
	}
	parsed, errs := template.Parse(text, options)
	errs = append(errs, c.misplaced(text)...)
	if len(errs) > 0 {
		return filled{}, errs
	}
	return c.fill(parsed), nil
}

// fill binds the names of a template to variables.
func (c *compiler) fill(parsed *template.Template) filled {
	t := filled{Template: parsed}
	for _, name := range parsed.Names() {
		variable, err := c.resolve(name)
		t.variables = append(t.variables, variable)
		t.known = append(t.known, err == nil)
	}
	return t
}

// render fills the template.
func (t filled) render(env *vars.Env) []byte {
	return t.Render(nil, func(i int) (string, bool) {
		if !t.known[i] {
			return "", false
		}
		return t.variables[i].Value(env)
	})
}

// used are the variables that mean something.
func (t filled) used() []vars.Variable {
	var used []vars.Variable
	for i := range t.variables {
		if t.known[i] {
			used = append(used, t.variables[i])
		}
	}
	return used
}

// uses tells whether a variable of the template needs any of the facts.
func (t filled) uses(fields facts.Fields) bool {
	for i, variable := range t.variables {
		if t.known[i] && variable.Needs().Fields&fields != 0 {
			return true
		}
	}
	return false
}
