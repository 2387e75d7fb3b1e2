// SPDX-License-Identifier: Apache-2.0

package filter

import (
	"strconv"
	"sync"
	"time"

	"gatewayresponses/config"
	"gatewayresponses/internal/engine"
	"gatewayresponses/internal/facts"
)

// Level is how important a line is, as Envoy numbers levels.
type Level int

// The levels of lines.
const (
	LevelWarn  Level = 3
	LevelError Level = 4
)

const (
	// projectLabel begins the lines that belong to no filter.
	projectLabel = "gateway responses"
	// quietPeriod lies at least between two lines about the same thing.
	quietPeriod = 10 * time.Second
	// maxQuoted is how many bytes of a foreign text a line quotes.
	maxQuoted = 256
	// maxLoggedFindings is how many findings of one document are logged. A document of 1 MiB can hold 200,000.
	maxLoggedFindings = 100
)

// limiter lets one line pass in a quietPeriod, whichever thread it comes from.
type limiter struct {
	mutex sync.Mutex
	last  time.Time
}

// pass reports whether a line may be logged at the time now.
func (l *limiter) pass(now time.Time) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if !l.last.IsZero() && now.Sub(l.last) < quietPeriod {
		return false
	}
	l.last = now
	return true
}

// Panicked logs a panic, whose cause is what recover returned. The next list counts it.
func (p *Process) Panicked(cause any) {
	p.uncounted.Add(1)
	if p.panics.pass(p.now()) {
		p.log(LevelError, projectLabel+": panic: "+causeText(cause))
	}
}

// causeText words what recover returned.
func causeText(cause any) string {
	switch cause := cause.(type) {
	case error:
		return quote(cause.Error())
	case string:
		return quote(cause)
	}
	return "unknown cause"
}

// Refused logs that a reply was left, or replaced in part.
func (p *Process) Refused() {
	if p.failures.pass(p.now()) {
		p.log(LevelWarn, projectLabel+": a reply was left, or replaced in part: Envoy refused a change, or trailers came where a body was to be replaced")
	}
}

// logUnknown asks for help with details that are in no row of the classification table.
func (p *Process) logUnknown(f *facts.Facts, trace *engine.Trace) {
	if p.unknown.pass(p.now()) {
		p.log(LevelWarn, projectLabel+": unknown response code details "+quote(f.Reply.Details)+
			" of filter "+quote(f.Reply.Owner)+", status "+facts.StatusText(f.Reply.Status)+", flags "+f.Reply.Flags.String()+
			": taken for "+string(trace.Class.Type)+" by "+string(trace.Class.Reason))
	}
}

// logUnknownRoute names an entry that Envoy's route asks for and the document has not.
func (p *Process) logUnknownRoute(name string) {
	if p.unknownRoute.pass(p.now()) {
		p.log(LevelWarn, projectLabel+": Envoy's route names the entry "+quote(name)+`, which is not in "routes"; "match" decides`)
	}
}

// logIgnored says why a route document has no effect.
func (p *Process) logIgnored() {
	if p.ignoredDocument.pass(p.now()) {
		p.log(LevelWarn, projectLabel+`: typed_per_filter_config of Envoy's route holds a document, which is ignored: the document of the filter does not say `+
			`"routeDocuments": true`)
	}
}

// report logs what was found in a document, one line for each finding, and how many more there are. where says which document it is.
func (p *Process) report(where string, findings config.Findings) {
	for i, finding := range findings {
		if i == maxLoggedFindings {
			p.log(LevelError, where+strconv.Itoa(len(findings)-i)+" more findings")
			return
		}
		level := LevelError
		if finding.Severity == config.Warning {
			level = LevelWarn
		}
		p.log(level, where+finding.String()+" ["+finding.Code.String()+"]")
	}
}

// quote quotes a text that comes from elsewhere, the beginning of a long one.
func quote(text string) string {
	if len(text) > maxQuoted {
		return strconv.QuoteToASCII(text[:maxQuoted]) + "..."
	}
	return strconv.QuoteToASCII(text)
}
