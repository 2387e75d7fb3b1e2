// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"gatewayresponses/internal/facts"
)

func (c *Case) readDocument(text string) error {
	c.Document = []byte(strings.TrimSuffix(text, "\n"))
	return nil
}

func (c *Case) readRequest(text string) error {
	m, err := readMessage(text)
	if err != nil {
		return err
	}
	method, rest, ok := strings.Cut(m.start, " ")
	path, protocol, ok2 := strings.Cut(rest, " ")
	if !ok || !ok2 || !strings.HasPrefix(protocol, "HTTP/") {
		return fmt.Errorf("%q is not a request line; write e.g. \"GET /pets HTTP/1.1\"", m.start)
	}
	authority, headers := "gateway.example.com", facts.Headers{}
	for _, line := range m.headers {
		if line.Name == "host" {
			authority = line.Value
			continue
		}
		headers = append(headers, line)
	}
	c.Facts.Request.Protocol = protocol
	c.Facts.Request.Headers = append(facts.Headers{
		{Name: ":method", Value: method},
		{Name: ":path", Value: path},
		{Name: ":authority", Value: authority},
		{Name: ":scheme", Value: "http"},
	}, headers...)
	return nil
}

func (c *Case) readReply(text string) error {
	m, err := readMessage(text)
	if err != nil {
		return err
	}
	reply := &c.Facts.Reply
	if reply.Status, err = status(m.start); err != nil {
		return err
	}
	reply.Headers = append(facts.Headers{{Name: ":status", Value: strconv.Itoa(reply.Status)}}, m.headers...)
	reply.Body = m.body
	reply.HasBody = len(m.body) > 0
	return nil
}

func (c *Case) readWant(text string) error {
	m, err := readMessage(text)
	if err != nil {
		return err
	}
	c.Want.Status, err = status(m.start)
	c.Want.Headers, c.Want.Absent, c.Want.Body = m.headers, m.absent, m.body
	return err
}

// wantUntouched wants the reply that Envoy made.
func (c *Case) wantUntouched() {
	reply := &c.Facts.Reply
	c.Want = Want{Untouched: true, Status: reply.Status, Headers: reply.Headers[1:], Body: reply.Body}
}

func (c *Case) readEnvoy(text string) error {
	f := &c.Facts
	var flags, when, metadata, code string
	err := readLines(text, map[string]*string{
		"details": &f.Reply.Details, "code": &code, "flags": &flags, "owner": &f.Reply.Owner,
		"protocol": &f.Request.Protocol, "time": &when, "source": &f.Request.Source,
		"route": &f.Route.Name, "virtualHost": &f.Route.VirtualHost,
		"cluster": &f.Route.Cluster, "upstream": &f.Route.Upstream,
		"routeEntry": &f.Route.DocumentRoute, "routeDocument": &f.Route.Document, "routeMetadata": &metadata,
	})
	if err != nil {
		return err
	}
	if err := c.readRouteMetadata(metadata); err != nil {
		return err
	}
	if code != "" {
		if c.Code, err = strconv.Atoi(code); err != nil {
			return fmt.Errorf("code %q is not a status; write e.g. \"403\"", code)
		}
	}
	if when != "" {
		began, err := time.Parse(time.RFC3339Nano, when)
		if err != nil {
			return err
		}
		f.Request.Time = began.UnixNano()
	}
	for name := range strings.SplitSeq(flags, ",") {
		flag := facts.ParseFlag(name)
		if flag == 0 && flags != "" {
			return fmt.Errorf("%q is not a response flag; write e.g. \"UT,URX\"", name)
		}
		f.Reply.Flags |= flag
	}
	return nil
}

func (c *Case) readTrace(text string) error {
	t := &c.Trace
	return readLines(text, map[string]*string{
		"type": &t.Type, "reason": &t.Reason, "entry": &t.Entry, "left": &t.Left, "dropped": &t.Dropped,
	})
}

// readLines reads "name: value" lines into the places given.
func readLines(text string, places map[string]*string) error {
	for line := range strings.Lines(text) {
		name, value, ok := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		if !ok || places[name] == nil {
			return fmt.Errorf("line %q is not one of this file's \"name: value\" lines", line)
		}
		*places[name] = value
	}
	return nil
}

// status reads a status line.
func status(line string) (int, error) {
	code, ok := strings.CutPrefix(line, "HTTP/1.1 ")
	n, err := strconv.Atoi(code)
	if !ok || err != nil {
		return 0, fmt.Errorf("%q is not a status line; write e.g. \"HTTP/1.1 403\"", line)
	}
	return n, nil
}
