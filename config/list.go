// SPDX-License-Identifier: Apache-2.0

package config

import (
	"strings"

	"gatewayresponses/internal/quote"
)

// listed writes choices for people: "a", "b" or "c".
func listed(choices []string) string {
	quoted := make([]string, len(choices))
	for i, choice := range choices {
		quoted[i] = quote.Text(choice)
	}
	last := len(quoted) - 1
	if last == 0 {
		return quoted[0]
	}
	return strings.Join(quoted[:last], ", ") + " or " + quoted[last]
}
