// SPDX-License-Identifier: Apache-2.0

package sigv4

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	algorithm  = "AWS4-HMAC-SHA256"
	terminator = "aws4_request"
	// basicTime is the form of times in ISO 8601 that AWS takes.
	basicTime = "20060102T150405Z"
	basicDate = "20060102"
)

// signed is what a request says of its signature.
type signed struct {
	scope     scope
	headers   []string
	signature string
	at        time.Time
	presigned bool
	// expires is how long a presigned request is good for; zero says nothing.
	expires time.Duration
}

// scope is what a signature is for.
type scope struct{ key, date, region, service string }

// String is the scope as it is signed: without the id of the key.
func (s scope) String() string {
	return strings.Join([]string{s.date, s.region, s.service, terminator}, "/")
}

// read finds the signature of a request.
func read(r *http.Request) (*signed, error) {
	query := r.URL.Query()
	if r.Header.Get("X-Amz-Security-Token") != "" || query.Has("X-Amz-Security-Token") {
		return nil, &Error{UnrecognizedClient, "The security token included in the request is invalid. " +
			"This server has no sessions: sign with one of its own access keys, and without X-Amz-Security-Token."}
	}
	authorization := r.Header.Values("Authorization")
	inQuery := query.Has("X-Amz-Algorithm") || query.Has("X-Amz-Signature") || query.Has("X-Amz-Credential")
	switch {
	case len(authorization) > 1, len(authorization) > 0 && inQuery:
		return nil, incomplete("A request has one signature, in the Authorization header or in the query. This one has more.")
	case inQuery:
		return readQuery(query)
	case len(authorization) == 0:
		return nil, missing()
	}
	return readHeader(r, authorization[0])
}

// readHeader reads the Authorization header, and the time beside it.
func readHeader(r *http.Request, authorization string) (*signed, error) {
	scheme, rest, _ := strings.Cut(strings.TrimSpace(authorization), " ")
	if scheme != algorithm {
		if strings.HasPrefix(scheme, "AWS") {
			return nil, incomplete("Unsupported AWS 'algorithm': '%s'. Sign with %s.", cut(scheme), algorithm)
		}
		return nil, missing()
	}
	parts := map[string]string{}
	for part := range strings.SplitSeq(rest, ",") {
		part = strings.TrimSpace(part)
		name, value, ok := strings.Cut(part, "=")
		if !ok {
			return nil, incomplete("'%s' not a valid key=value pair (missing equal-sign) in Authorization header.", cut(part))
		}
		if _, twice := parts[name]; twice {
			return nil, incomplete("Authorization header has '%s' twice.", cut(name))
		}
		parts[name] = value
	}
	var lacks []string
	for _, name := range []string{"Credential", "Signature", "SignedHeaders"} {
		if parts[name] == "" {
			lacks = append(lacks, "Authorization header requires '"+name+"' parameter.")
		}
	}
	date, ok := header(r, "X-Amz-Date")
	if !ok {
		date, ok = header(r, "Date")
	}
	if !ok {
		lacks = append(lacks, "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
	}
	if len(lacks) > 0 {
		return nil, incomplete("%s", strings.Join(lacks, " "))
	}
	return newSigned(parts["Credential"], parts["SignedHeaders"], parts["Signature"], date)
}

// readQuery reads the parameters of a presigned request.
func readQuery(query url.Values) (*signed, error) {
	var lacks []string
	for _, name := range []string{"X-Amz-Algorithm", "X-Amz-Credential", "X-Amz-Signature", "X-Amz-SignedHeaders", "X-Amz-Date"} {
		switch values := query[name]; {
		case len(values) == 0 || values[0] == "":
			lacks = append(lacks, "AWS query-string parameters must include '"+name+"'.")
		case len(values) > 1:
			return nil, incomplete("AWS query-string parameters must include '%s' once.", name)
		}
	}
	if len(lacks) > 0 {
		return nil, incomplete("%s", strings.Join(lacks, " "))
	}
	if a := query.Get("X-Amz-Algorithm"); a != algorithm {
		return nil, incomplete("Unsupported AWS 'algorithm': '%s'. Sign with %s.", cut(a), algorithm)
	}
	s, err := newSigned(query.Get("X-Amz-Credential"), query.Get("X-Amz-SignedHeaders"), query.Get("X-Amz-Signature"), query.Get("X-Amz-Date"))
	if err != nil {
		return nil, err
	}
	s.presigned = true
	s.expires, err = readExpires(query["X-Amz-Expires"])
	return s, err
}

func readExpires(values []string) (time.Duration, error) {
	if len(values) == 0 {
		return 0, nil
	}
	seconds, err := strconv.Atoi(values[0])
	if len(values) > 1 || err != nil || seconds < 1 || seconds > int(MaxExpires.Seconds()) {
		return 0, incomplete("X-Amz-Expires must be a number of seconds from 1 to %d, and is '%s'.", int(MaxExpires.Seconds()), cut(strings.Join(values, ",")))
	}
	return time.Duration(seconds) * time.Second, nil
}

// newSigned puts together what headers and queries say alike.
func newSigned(credential, headers, signature, date string) (*signed, error) {
	elements := strings.Split(credential, "/")
	if len(elements) != 5 || slices.Contains(elements, "") {
		return nil, incomplete("Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '%s'.", cut(credential))
	}
	if elements[4] != terminator {
		return nil, incomplete("Credential should be scoped with a valid terminator: '%s', not '%s'.", terminator, cut(elements[4]))
	}
	at, err := readTime(date)
	if err != nil {
		return nil, err
	}
	s := &signed{
		scope:     scope{key: elements[0], date: elements[1], region: elements[2], service: elements[3]},
		headers:   strings.Split(headers, ";"),
		signature: signature,
		at:        at,
	}
	if day := at.Format(basicDate); day != s.scope.date {
		return nil, invalid("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '%s' != '%s', from '%s'.",
			cut(s.scope.date), day, at.Format(basicTime))
	}
	return s, nil
}

func readTime(text string) (time.Time, error) {
	if at, err := time.Parse(basicTime, text); err == nil {
		return at, nil
	}
	if at, err := http.ParseTime(text); err == nil {
		return at.UTC(), nil
	}
	return time.Time{}, incomplete("Date must be in ISO-8601 'basic format'. Got '%s'. See http://en.wikipedia.org/wiki/ISO_8601", cut(text))
}

// inTime reports whether now is within the time for which a signature is good.
func (s *signed) inTime(now time.Time) error {
	now = now.UTC()
	if latest := now.Add(Skew); s.at.After(latest) {
		return invalid("Signature not yet current: %s is still later than %s (%s + 5 min.)",
			s.at.Format(basicTime), latest.Format(basicTime), now.Format(basicTime))
	}
	if s.expires > 0 {
		if end := s.at.Add(s.expires); end.Before(now) {
			return invalid("Signature expired: %s is now earlier than %s (X-Amz-Date + X-Amz-Expires)", end.Format(basicTime), now.Format(basicTime))
		}
		return nil
	}
	if earliest := now.Add(-Skew); s.at.Before(earliest) {
		return invalid("Signature expired: %s is now earlier than %s (%s - 5 min.)",
			s.at.Format(basicTime), earliest.Format(basicTime), now.Format(basicTime))
	}
	return nil
}

// header gives a header that may be there once.
func header(r *http.Request, name string) (string, bool) {
	values := r.Header.Values(name)
	return strings.TrimSpace(strings.Join(values, ",")), len(values) > 0
}

// cut shortens what a message quotes of a request.
func cut(text string) string {
	const most = 200
	if len(text) > most {
		return strings.ToValidUTF8(text[:most], "") + "..."
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}
