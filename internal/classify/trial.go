// SPDX-License-Identifier: Apache-2.0

package classify

import (
	"strconv"

	"gatewayresponses/config"
	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/glob"
)

// Condition is a condition of a rule, by its key in the document.
type Condition string

// The conditions.
const (
	OnSource          Condition = "source"
	OnDetails         Condition = "details"
	OnFilter          Condition = "filter"
	OnFlags           Condition = "flags"
	OnStatus          Condition = "status"
	OnGRPCStatus      Condition = "grpcStatus"
	OnRequestHeaders  Condition = "requestHeaders"
	OnResponseHeaders Condition = "responseHeaders"
)

// Trial is what a rule says to a reply.
type Trial struct {
	// Name is that of the rule.
	Name string
	// Failing is the first of its conditions that does not hold, "" for the rule that names the reply.
	Failing Condition
	// Wanted are the values of which the condition wants one.
	Wanted []string
	// Got is what the reply has, "" for nothing.
	Got string
}

// Trials are the rules up to the one that Find finds, in their order. For tools.
func (rules Rules) Trials(f *facts.Facts) []Trial {
	details, upstream := printed(f.Reply.Details), IsUpstream(&f.Reply)
	var trials []Trial
	for i := range rules {
		r := &rules[i]
		trial := Trial{Name: r.result.Row, Failing: r.failing(f, details, upstream)}
		trial.Wanted, trial.Got = r.about(trial.Failing, f, details)
		if trials = append(trials, trial); trial.Failing == "" {
			break
		}
	}
	return trials
}

// about is what a condition wants, and what a reply has.
func (r *rule) about(condition Condition, f *facts.Facts, details string) (wanted []string, got string) {
	switch condition {
	case OnSource:
		return r.aboutSource(f)
	case OnDetails:
		return written(r.details), details
	case OnFilter:
		return written(r.filters), f.Reply.Owner
	case OnFlags:
		return []string{r.flags.String()}, f.Reply.Flags.String()
	case OnStatus:
		return statusTexts(r.statuses), strconv.Itoa(f.Reply.Status)
	case OnGRPCStatus:
		return r.aboutGRPCStatus(f.Reply.Headers)
	case OnRequestHeaders:
		return aboutHeaders(r.requestHeaders, f.Request.Headers, holdForRequest)
	case OnResponseHeaders:
		return aboutHeaders(r.responseHeaders, f.Reply.Headers, holdForReply)
	}
	return nil, ""
}

// aboutSource is whose replies the rule is for, and whose the reply is.
func (r *rule) aboutSource(f *facts.Facts) (wanted []string, got string) {
	if IsUpstream(&f.Reply) {
		return []string{"local"}, "upstream"
	}
	return []string{"upstream"}, "local"
}

// aboutGRPCStatus is which gRPC statuses the rule is for, and which the reply has.
func (r *rule) aboutGRPCStatus(headers facts.Headers) (wanted []string, got string) {
	for _, status := range r.grpcStatuses {
		wanted = append(wanted, status.String())
	}
	if number, found := headers.First("grpc-status"); found {
		got = config.ParseGRPCStatus(number).String()
	}
	return wanted, got
}

// aboutHeaders is the first condition on headers that does not hold, and the header that it is about.
func aboutHeaders(conditions []headerCondition, headers facts.Headers, hold func([]headerCondition, facts.Headers) bool) (wanted []string, got string) {
	for i, c := range conditions {
		if !hold(conditions[i:i+1], headers) {
			return []string{c.worded()}, headers.Joined(c.name, ", ")
		}
	}
	return nil, ""
}

// worded is the condition for people.
func (c headerCondition) worded() string {
	switch c.test {
	case config.HeaderAbsent:
		return c.name + " absent"
	case config.HeaderEquals, config.HeaderGlob:
		return c.name + ": " + c.value
	default:
		return c.name + " present"
	}
}

// written are the globs as they are written.
func written(globs []glob.Pattern) []string {
	var all []string
	for _, g := range globs {
		all = append(all, g.Written())
	}
	return all
}

// statusTexts are ranges of statuses, "403" or "400-499"; none is every error.
func statusTexts(ranges []config.StatusRange) []string {
	if ranges == nil {
		return []string{"400-599"}
	}
	var all []string
	for _, r := range ranges {
		text := strconv.Itoa(r.Low)
		if r.High != r.Low {
			text += "-" + strconv.Itoa(r.High)
		}
		all = append(all, text)
	}
	return all
}
