// SPDX-License-Identifier: Apache-2.0

package engine

import (
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/code"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/template"
)

// checkStaticVariable warns of the first variable in the static value of a mapping, which is sent as it is written.
func (c *compiler) checkStaticVariable(text config.Text, value string) {
	if !strings.Contains(value, "$") {
		return
	}
	parsed, _ := template.Parse(value, template.Options{
		Unsafe:  template.Insert,
		Resolve: func(string, string) (template.Kind, *template.Remark) { return template.KindText, nil },
	})
	if parsed == nil || len(parsed.Names()) == 0 {
		return
	}
	name := parsed.Names()[0]
	advice := `; "headers" has templates`
	if value == "$"+name || value == "${"+name+"}" {
		advice = "; write " + quote.Text(name) + " without quotes for its value"
	}
	at := strings.Index(text.Value, "$"+name)
	if at < 0 {
		at = strings.Index(text.Value, "${"+name)
	}
	c.report(code.VariableInStatic, config.Warning, text, at, quote.Text("$"+name)+" is text here, for values in single quotes are static"+advice)
}

// velocity is what begins the expressions of VTL, which AWS's templates for integrations are written in.
var velocity = []string{"$input.", "$util.", "#set(", "#if(", "#foreach("}

// checkVelocity warns of the first expression of VTL in a template: it is sent as it is written, by AWS too.
func (c *compiler) checkVelocity(text config.Text) {
	first, found := -1, ""
	for _, expression := range velocity {
		if at := strings.Index(text.Value, expression); at >= 0 && (first < 0 || at < first) {
			first, found = at, expression
		}
	}
	if first >= 0 {
		c.report(code.Velocity, config.Warning, text, first, quote.Text(found)+" is text here: templates of gateway responses have variables, and no VTL")
	}
}
