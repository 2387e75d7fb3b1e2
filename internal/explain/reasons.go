// SPDX-License-Identifier: Apache-2.0

package explain

import (
	"strconv"
	"strings"

	"gatewayresponses/internal/accept"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/route"
)

// Why a reply is not even looked at.
const (
	noError = "noError"
	noGRPC  = "noGRPC"
)

// statusNames are what JSON calls where a status comes from.
var statusNames = map[engine.StatusBy]string{
	engine.StatusByEntry: "entry", engine.StatusByType: "type", engine.StatusByReply: "reply", engine.StatusByTunnel: "tunnel",
}

// statusReasons word where a status comes from.
var statusReasons = map[string]string{
	"entry":  "the statusCode of the entry",
	"type":   "AWS's status for the type",
	"reply":  "the status that Envoy gave, for the entry has none",
	"tunnel": "the status that Envoy gave: the client asks for a tunnel, which the entry's status would open",
}

// leftReasons word why a reply is left.
var leftReasons = map[string]string{
	noGRPC:                        "it is a reply to a gRPC call, and the document has no \"grpc\"",
	noError:                       "it is no error",
	string(engine.LeftUpstream):   "it is the upstream's own",
	string(engine.LeftGRPC):       "it is the upstream's own reply to a gRPC call",
	string(engine.LeftDeliberate): "somebody wrote it on purpose; only an entry of its exact type, or a rule, would replace it",
	string(engine.LeftRule):       "a rule says so",
	string(engine.LeftNoEntry):    "no entry answers its type",
	string(engine.LeftOff):        "the mode is off",
	string(engine.LeftObserve):    "the mode is observe; the entry would have answered",
	string(engine.LeftTooLarge):   "the new reply would be larger than 1 MiB",
	string(engine.LeftUnnamed):    "it is no error, and no rule names it",
	string(engine.LeftHostError):  "the host refused",
}

// seenNotes warn of errors that the filter does not see, or not always, before the chain of filters or on the way back.
var seenNotes = map[bool]map[string]string{
	true: {
		"no":   "no filter ever sees this: Envoy makes it before the chain of filters; gwr emit --companion covers it",
		"some": "where Envoy makes this before the chain of filters, no filter sees it; gwr emit --companion covers it",
	},
	false: {
		"no":   "the filter never sees this: it takes the place of a reply that has passed the filter already",
		"some": "where this takes the place of a reply that has passed the filter already, the filter does not see it",
	},
}

// replyHeadings stand over the reply, by whether the filter sees the error.
var replyHeadings = map[bool]string{
	true:  "With gwr emit --companion the client sees",
	false: "The client sees what Envoy sends; if the filter saw it",
}

// acceptFault words why an Accept header does not count, "" for none that is wrong.
func acceptFault(fault accept.Fault) string {
	switch {
	case fault.TooLong:
		return "the Accept header has more than " + strconv.Itoa(accept.MaxLength) + " bytes"
	case fault.Weight != "":
		return "the Accept header is malformed at " + quote.Text(fault.Member) + ": " + quote.Text(fault.Weight) +
			" is no weight; one is 0 to 1 with at most three decimals, as in q=0.5"
	case fault.Member != "":
		return "the Accept header is malformed at " + quote.Text(fault.Member) + "; a member is a media range such as text/html or text/*"
	}
	return ""
}

// typeReasons word what named the type.
var typeReasons = map[string]string{
	"rule":     "a rule of the document names it",
	"declared": "its producer declares it",
	"details":  "the table knows the details",
	"flag":     "the details are unknown, a response flag names it",
	"status":   "only the status tells",
}

// worded says why a route or a rule was passed over.
func (t *Trial) worded() string {
	switch t.Failing {
	case "":
		return "takes it"
	case string(route.OnName):
		return "has no match: only metadata leads to it"
	}
	got := "nothing"
	if t.Got != "" {
		got = quote.Text(t.Got)
	}
	wanted := make([]string, len(t.Wanted))
	for i, w := range t.Wanted {
		wanted[i] = quote.Text(w)
	}
	return t.Failing + ": " + got + ", not " + strings.Join(wanted, " or ")
}

// maxShown is how many bytes of a value are shown.
const maxShown = 200

// shorten cuts a value for text; JSON has it whole.
func shorten(value string) string {
	if len(value) <= maxShown {
		return value
	}
	return strings.ToValidUTF8(value[:maxShown], "") + "..."
}
