// SPDX-License-Identifier: Apache-2.0

package tries

import (
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gatewayresponses/internal/console/page"
	v1 "gatewayresponses/internal/server/v1"
)

// shown is what the page shows.
type shown struct {
	// Envoys are those that requests can be sent through.
	Envoys []v1.Envoy
	// Asked is what the form holds.
	Asked asked
	// Tried is what came of it, nil before it was sent.
	Tried *result
	// Problem is why it was not sent, nil for nothing.
	Problem *v1.Problem
}

// asked is a request as the form holds it.
type asked struct {
	// Envoy is GATEWAY/NAME.
	Envoy, Client, Method, Path, Host, Headers, Body string
}

// askedIn reads the fields of the form, or of a link to it.
func askedIn(values url.Values) asked {
	a := asked{
		Envoy: values.Get("envoy"), Client: values.Get("client"), Method: values.Get("method"), Path: values.Get("path"), Host: values.Get("host"),
		Headers: values.Get("headers"), Body: values.Get("body"),
	}
	if a.Client == "" {
		a.Client = "curl"
	}
	if a.Path == "" {
		a.Path = "/"
	}
	return a
}

// form is the page before anything is sent. A link can fill the form; whoever follows it sends it.
func form(v *page.Visit) error {
	s := shown{Asked: askedIn(v.URL.Query())}
	if err := s.findEnvoys(v, v.URL.Query().Get("gateway")); err != nil {
		return err
	}
	return v.Show(http.StatusOK, templates["try.html"], s)
}

// findEnvoys reads the Envoys. Unless one is chosen it is the first, or the first of a gateway.
func (s *shown) findEnvoys(v *page.Visit, gateway string) error {
	var all v1.Envoys
	if err := v.API.Get(&all, "envoys"); err != nil {
		return err
	}
	s.Envoys = all.Items
	if at := slices.IndexFunc(s.Envoys, func(e v1.Envoy) bool { return e.Gateway == gateway }); s.Asked.Envoy == "" && at >= 0 {
		s.Asked.Envoy = gateway + "/" + s.Envoys[at].Name
	}
	return nil
}

// send sends the request that the form holds, and shows what came of it. A reload would send it again, which browsers ask about.
func send(v *page.Visit) error {
	s := shown{Asked: askedIn(v.PostForm)}
	if err := s.findEnvoys(v, ""); err != nil {
		return err
	}
	in, err := s.Asked.input()
	var tried v1.Tried
	if err == nil {
		err = v.API.Do(http.MethodPost, in, &tried, "tries")
	}
	var said *page.APIError
	if errors.As(err, &said) {
		s.Problem = &said.Problem
		return v.Show(said.Status, templates["try.html"], s)
	}
	if err != nil {
		return err
	}
	s.Tried = resultOf(&tried)
	return v.Show(http.StatusOK, templates["try.html"], s)
}

// input is the request as the API takes it.
func (a asked) input() (map[string]any, error) {
	gateway, name, _ := strings.Cut(a.Envoy, "/")
	headers := []map[string]string{}
	number := 0
	for line := range strings.Lines(a.Headers) {
		number++
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) == "" {
			continue
		}
		name, value, found := strings.Cut(line, ":")
		if !found {
			return nil, page.BadForm(fmt.Errorf("line %d of the headers is not \"name: value\"", number))
		}
		headers = append(headers, map[string]string{"name": name, "value": strings.TrimSpace(value)})
	}
	return map[string]any{
		"gateway": gateway, "envoy": name, "client": a.Client, "method": strings.TrimSpace(a.Method), "path": a.Path, "host": strings.TrimSpace(a.Host),
		"headers": headers, "body": a.Body,
	}, nil
}

// result is what came of a request.
type result struct {
	*v1.Tried
	// Line are the members of the line of the access log that say something, in the words of docs/observability.md.
	Line []member
	// Frame is the body in base64 if it is HTML, to be shown as a page; "" otherwise.
	Frame string
}

// member is a member of a line.
type member struct{ Name, Value string }

// maxFrame is the size of the largest body that can be shown as a page, in bytes.
const maxFrame = 256 << 10

func resultOf(tried *v1.Tried) *result {
	r := &result{Tried: tried, Line: members(tried.Line)}
	for _, h := range tried.Reply.Headers {
		if h.Name == "content-type" && page.IsHTML(h.Value) && tried.Reply.Body != "" && len(tried.Reply.Body) <= maxFrame {
			r.Frame = base64.StdEncoding.EncodeToString([]byte(tried.Reply.Body))
		}
	}
	return r
}
