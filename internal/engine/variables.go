// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"slices"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
	"gatewayresponses/internal/vars"
)

// filled is a template whose names are resolved.
type filled struct {
	*template.Template
	variables []vars.Variable
	// known[i] reports whether variables[i] means something; what does not has no value (emulate: aws).
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
	variable, err := c.names.Resolve(name)
	if c.inMetadata && variable.IsAttribute() {
		return vars.Variable{}, attributeError(name)
	}
	if err != nil {
		return variable, err
	}
	stage, ok := strings.CutPrefix(name, stagePrefix)
	if !ok {
		return variable, nil
	}
	if c.learn(isDefined, stage, c.defined(stage)) == "" {
		return variable, stageVariableError(stage)
	}
	return variable, nil
}

// defined is what a stage variable is called that a template can use where it stands, "" when there is no such one.
func (c *compiler) defined(name string) string {
	for _, variables := range c.stageVariables {
		if _, ok := variables[name]; ok {
			return stagePrefix + name
		}
	}
	return ""
}

// parse parses a template, resolves its names and reports what is wrong with it. It reports whether the template can be used.
func (c *compiler) parse(text config.Text, options template.Options) (filled, bool) {
	c.checkAuthorizer(&text)
	c.checkVelocity(text)
	options.Owners = c.owners
	options.Resolve = func(name, more string) (template.Kind, *template.Remark) {
		variable, err := c.resolve(name)
		if err != nil {
			return template.KindAbsent, c.explain(err)
		}
		return kinds[variable.Form()], c.remark(&variable, more)
	}
	parsed, findings := template.Parse(text.Value, options)
	for _, finding := range findings {
		c.report(finding.Code, severityOf(finding.Warning), text, finding.Offset, finding.Message)
	}
	if misplaced := c.checkMappingOnlyNames(text); misplaced || parsed == nil {
		return filled{}, false
	}
	return c.fill(parsed), true
}

// fill binds the names of a template to variables.
func (c *compiler) fill(parsed *template.Template) filled {
	count := len(parsed.Names())
	t := filled{Template: parsed, variables: make([]vars.Variable, 0, count), known: make([]bool, 0, count)}
	for _, name := range parsed.Names() {
		variable, err := c.resolve(name)
		t.variables = append(t.variables, variable)
		t.known = append(t.known, err == nil)
	}
	return t
}

// render appends the filled template to dst, and reports whether the text is whole: at most limit bytes long.
func (t *filled) render(dst []byte, env *vars.Env, limit int) (text []byte, whole bool) {
	return t.Render(dst, limit, func(i int) (string, bool) {
		if !t.known[i] {
			return "", false
		}
		return t.variables[i].Value(env)
	})
}

// used are the variables that mean something.
func (t filled) used() []vars.Variable {
	if !slices.Contains(t.known, false) {
		return t.variables
	}
	var used []vars.Variable
	for i := range t.variables {
		if t.known[i] {
			used = append(used, t.variables[i])
		}
	}
	return used
}

// uses is how many slots of the template need any of the facts.
func (t filled) uses(fields facts.Fields) int {
	slots := 0
	for i, variable := range t.variables {
		if t.known[i] && variable.Needs().Fields&fields != 0 {
			slots++
		}
	}
	return slots
}

// mappingRoot begins the names of variables that only mappings can use.
const mappingRoot = "response.header."

// checkMappingOnlyNames reports what looks like a variable in a template and is for mappings only. The template would show it as it is
// written. That is what AWS does with every name it does not know, so with emulate: aws it is text. It reports whether there is one.
func (c *compiler) checkMappingOnlyNames(text config.Text) (found bool) {
	for at := 0; !c.scope.emulatesAWS(); {
		next := strings.Index(text.Value[at:], mappingRoot)
		if next < 0 {
			break
		}
		at += next + len(mappingRoot)
		before, braced := strings.CutSuffix(text.Value[:at-len(mappingRoot)], "{")
		if !strings.HasSuffix(before, "$") {
			continue
		}
		written := "$" + mappingRoot
		if braced {
			written = "${" + mappingRoot
		}
		found = true
		c.report(code.MappingOnlyName, config.Error, text, len(before)-1,
			quote.Text(written)+` has no effect in a template; "responseParameters" sets headers from those of the original reply`)
	}
	return found
}
