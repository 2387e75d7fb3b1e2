// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"errors"
	"maps"
	"slices"
	"sort"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
	"gatewayresponses/internal/vars"
)

// stageVariableError says that the document does not have a stage variable.
type stageVariableError string

// Error says what to do about it.
func (name stageVariableError) Error() string { return name.problem() + addStageVariable }

// problem is what all messages begin with.
func (name stageVariableError) problem() string {
	return "the document has no stage variable " + quote.Text(string(name))
}

// addStageVariable is the advice where no other stage variable was meant.
const addStageVariable = "; add it to \"stageVariables\""

// explain says what was probably meant by a name that means nothing, for the reason given. With emulate: aws it is a warning, for
// AWS takes any name and gives it no value.
func (c *compiler) explain(reason error) *template.Remark {
	kind, message := code.BadVariableName, reason.Error()
	if unknown, ok := errors.AsType[*vars.UnknownError](reason); ok {
		kind = code.UnknownVariable
		if c.suggests() {
			message = unknown.Suggest(&c.search)
		}
	}
	if name, ok := errors.AsType[stageVariableError](reason); ok {
		kind = code.UnknownStageVariable
		if c.suggests() {
			message = c.suggestStageVariable(name)
		}
	}
	if c.tolerates(reason) {
		return warning(kind, message+" (it stays empty)")
	}
	return &template.Remark{Code: kind, Message: message}
}

// warning is a remark that leaves the name usable.
func warning(kind code.Code, message string) *template.Remark {
	return &template.Remark{Code: kind, Warning: true, Message: message}
}

// remark is what is unwise in a name that means something, nil for nothing: nothing in Envoy answers it, the document does not give
// it its value, or it seems to go on with more.
func (c *compiler) remark(variable *vars.Variable, more string) *template.Remark {
	name := variable.Name()
	if variable.IsUnanswered() {
		return warning(code.VariableWithoutValue, quote.Text(name)+" never has a value here: it is known to AWS only")
	}
	if missing := c.missingFor(name); missing != "" {
		return warning(code.VariableWithoutValue, quote.Text(name)+" has no value unless the document says where from; add "+missing)
	}
	if more != "" {
		return unbraced(name, more)
	}
	return nil
}

// missingFor is what the document lacks for a name to have a value, "" for nothing. AWS takes it from elsewhere, so documents from
// there lack it.
func (c *compiler) missingFor(name string) string {
	switch name {
	case apiIDName, stageName, accountIDName:
		if c.mayHaveValue(name) {
			return ""
		}
		return `e.g. "api": {` + apiExamples[name] + "}"
	case "context.error.validationErrorString":
		if c.document.Declared == nil && !c.inMetadata {
			return `"declared", by which the producer of the reply gives it`
		}
	}
	return ""
}

// apiExamples give each constant of an API a value.
var apiExamples = map[string]string{apiIDName: `"id": "petstore"`, stageName: `"stage": "prod"`, accountIDName: `"accountId": "123456789012"`}

// mayHaveValue reports whether a constant has a value for some exchange that the template at hand answers. A route document may give
// it any.
func (c *compiler) mayHaveValue(name string) bool {
	if c.learn(hasValue, name, c.owner(name)) != "" {
		return true
	}
	return c.scope == &c.program.scope && (c.document.RouteDocuments || slices.ContainsFunc(c.document.Routes, func(r config.Route) bool {
		return !r.Isolated && apiConstants(r.API)[name] != ""
	}))
}

// suggests reports whether anybody sees what is suggested, for one more name: of a route document few findings are kept.
func (c *compiler) suggests() bool {
	c.suggestions++
	return !c.inMetadata || c.suggestions <= maxDocumentFindings
}

// suggestStageVariable names the stage variable that was probably meant.
func (c *compiler) suggestStageVariable(name stageVariableError) string {
	count := 0
	for _, variables := range c.stageVariables {
		count += len(variables)
	}
	if !c.search.Spend(sorting * count) {
		return name.Error()
	}
	names := make([]string, 0, count)
	for _, variables := range c.stageVariables {
		names = slices.AppendSeq(names, maps.Keys(variables))
	}
	sort.Stable(sort.StringSlice(names))
	if meant, ok := c.search.Of(string(name), names); ok {
		return name.problem() + "; did you mean " + quote.Text(meant) + "?"
	}
	return name.Error()
}

// sorting is what it takes to sort one of many names, in steps of the search.
const sorting = 100
