// SPDX-License-Identifier: Apache-2.0

package lint

import (
	"gatewayresponses/config"
	"gatewayresponses/internal/chars"
	"gatewayresponses/internal/glob"
	"gatewayresponses/internal/quote"
)

// unreachableRules looks for rules that never name a reply, because an earlier one names all that they would.
func unreachableRules(s *subject, report report) {
	c := &comparer{maxComparisons}
	for i := range s.document.Rules {
		rule := &s.document.Rules[i]
		for j := range i {
			if earlier := &s.document.Rules[j]; c.coversWhen(&earlier.When, &rule.When) {
				report(whole(s.rules[i]), quote.Text(rule.Name)+" never names a reply: "+quote.Text(earlier.Name)+
					" in front of it takes all that it would; move it in front, or remove it")
				break
			}
		}
		if c.isOver() {
			return
		}
	}
}

// coversWhen reports whether the conditions of a rule hold whenever those of another one do.
func (c *comparer) coversWhen(wide, narrow *config.When) bool {
	c.left--
	return (wide.Source == config.SourceAny || wide.Source == narrow.Source) &&
		(wide.Statuses != nil || !narrow.NamesRedirects()) &&
		covered(c, wide.Statuses, narrow.Statuses, coversStatus) &&
		covered(c, wide.Details, narrow.Details, coversGlob) &&
		covered(c, wide.Filters, narrow.Filters, coversGlob) &&
		covered(c, wide.Flags, narrow.Flags, isSame) &&
		covered(c, wide.GRPCStatuses, narrow.GRPCStatuses, func(w, n config.GRPCStatus) bool { return w == n }) &&
		c.followsAll(wide.RequestHeaders, narrow.RequestHeaders) &&
		c.followsAll(wide.ResponseHeaders, narrow.ResponseHeaders)
}

// coversStatus reports whether a range of statuses has all of another one.
func coversStatus(wide, narrow config.StatusRange) bool {
	return wide.Low <= narrow.Low && narrow.High <= wide.High
}

// followsAll reports whether each condition of wide holds whenever all those of narrow do.
func (c *comparer) followsAll(wide, narrow []config.HeaderCondition) bool {
	if len(wide) == 0 || len(narrow) == 0 {
		return len(wide) == 0
	}
	return covered(c, narrow, wide, func(n, w config.HeaderCondition) bool { return follows(w, n) })
}

// follows reports whether a condition on a header holds whenever another one does.
func follows(wide, narrow config.HeaderCondition) bool {
	switch {
	case !chars.EqualFold(wide.Name.Value, narrow.Name.Value):
		return false
	case wide.Test == config.HeaderPresent:
		return narrow.Test != config.HeaderAbsent
	case wide.Test == config.HeaderGlob && (narrow.Test == config.HeaderGlob || narrow.Test == config.HeaderEquals):
		return glob.Match(wide.Value, narrow.Value)
	default:
		return wide.Test == narrow.Test && wide.Value == narrow.Value
	}
}
