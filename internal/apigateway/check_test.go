// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"strconv"
	"strings"
	"testing"
)

func TestCheckStage(t *testing.T) {
	many := map[string]string{}
	for i := range maxVariables + 1 {
		many["v"+strconv.Itoa(i)] = ""
	}
	settings := Map[MethodSetting]{}
	for i := range maxMethodSettings + 1 {
		settings[strconv.Itoa(i)+"/GET"] = MethodSetting{}
	}
	for _, test := range []struct {
		name  string
		stage Stage
		want  string
	}{
		{"right", Stage{Variables: map[string]string{strings.Repeat("é", maxVariableName): strings.Repeat("é", maxVariableValue)}}, ""},
		{"variables", Stage{Variables: many}, "LimitExceededException: A stage may have 100 variables, and this one would have 101"},
		{"of a canary", Stage{CanarySettings: &CanarySettings{StageVariableOverrides: many}}, "LimitExceededException: A stage may have 100 variables, and this one would have 101"},
		{"name", Stage{Variables: map[string]string{strings.Repeat("a", maxVariableName+1): ""}}, `BadRequestException: Invalid stage variable name: "` + strings.Repeat("a", maxVariableName) + `"... has more than 64 characters`},
		{"value", Stage{Variables: map[string]string{"a": strings.Repeat("b", maxVariableValue+1)}}, "BadRequestException: Invalid value of stage variable a: it has more than 512 characters"},
		{"settings", Stage{MethodSettings: settings}, "LimitExceededException: A stage may have settings of 1000 methods, and this one would have 1001"},
	} {
		t.Run(test.name, func(t *testing.T) { checkError(t, test.stage.Check(), test.want) })
	}
}

// TestMappingsListed holds that an answer does not list errors without end.
func TestMappingsListed(t *testing.T) {
	wrong := map[string]string{}
	for i := range 10_000 {
		wrong[strconv.Itoa(i)] = "'a'"
	}
	err := checkMappings(wrong)
	if n := strings.Count(err.Error(), "Invalid mapping expression specified: "); n != maxListed+1 {
		t.Errorf("%d errors are listed", n)
	}
}
