// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/server/request"
)

// The most that bodies may hold, in bytes.
const (
	// maxImport is for whole definitions of APIs: AWS's own limit.
	maxImport = 6 << 20
	// maxBody is for everything else.
	maxBody = 1 << 20
)

// Options are what a Handler works with.
type Options struct {
	// Control carries out the operations.
	Control *control.Control
	// Authenticate says who sent a request with this body. Its errors are apigateway.Error.
	Authenticate func(*http.Request, []byte) (control.Caller, error)
	// Admit refuses a caller who is too fast by an apigateway.Error; nil admits everybody.
	Admit func(control.Caller) error
}

// Handler answers requests to API Gateway.
type Handler struct {
	options Options
	router  *router
	// spoken names the operations, for those who ask for another one.
	spoken string
}

// New makes a Handler.
func New(options Options) *Handler {
	actions := actions(options.Control)
	var names []string
	for _, o := range apigateway.Operations {
		if _, ok := actions[o.Name]; ok {
			names = append(names, o.Name)
		}
	}
	return &Handler{options: options, router: newRouter(actions), spoken: strings.Join(names, ", ")}
}

// ServeHTTP answers a request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	info := request.From(r.Context())
	r = r.WithContext(request.With(r.Context(), info))
	w.Header().Set("X-Amzn-Requestid", info.ID)
	o, output, err := h.carryOut(w, r, info)
	if err != nil {
		WriteError(w, info.Refused(err))
		return
	}
	h.answer(w, r, o, output)
}

// carryOut finds the operation of a request and carries it out.
func (h *Handler) carryOut(w http.ResponseWriter, r *http.Request, info *request.Info) (*operation, any, error) {
	path, ok := segmentsOf(r.URL.EscapedPath())
	if !ok || !slices.Contains(collections, path[0]) {
		return nil, nil, errNoPath
	}
	query, err := url.ParseQuery(r.URL.RawQuery)
	if err != nil {
		return nil, nil, apigateway.BadRequest("the query of the request cannot be read: %v", err)
	}
	o, names := h.router.find(r.Method, path, query)
	limit := int64(maxBody)
	if o != nil {
		info.Operation = o.Name
		if o.input.raw >= 0 {
			limit = maxImport
		}
	}
	body, err := read(w, r, limit)
	if err != nil {
		return nil, nil, err
	}
	by, err := h.options.Authenticate(r, body)
	if err != nil {
		return nil, nil, err
	}
	by = info.By(by)
	by.IfMatch = r.Header.Get("If-Match")
	if h.options.Admit != nil {
		if err := h.options.Admit(by); err != nil {
			return nil, nil, err
		}
	}
	if o == nil {
		return nil, nil, h.notSpoken(r)
	}
	for name := range o.query {
		query.Del(name)
	}
	output, err := o.run(r.Context(), by, message{path: names, query: query, header: r.Header, body: body})
	return o, output, err
}

// read reads a body of at most limit bytes.
func read(w http.ResponseWriter, r *http.Request, limit int64) ([]byte, error) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, limit))
	var tooLarge *http.MaxBytesError
	var refused *apigateway.Error
	switch {
	case errors.As(err, &tooLarge):
		e := apigateway.BadRequest("the body of the request has more than %d MiB", limit>>20)
		e.Type, e.Status = "RequestEntityTooLargeException", http.StatusRequestEntityTooLarge
		return nil, e
	case errors.As(err, &refused):
		return nil, refused
	case err != nil:
		return nil, apigateway.BadRequest("the body of the request ended early")
	}
	return body, nil
}

// errNoPath is what AWS answers where it has nothing.
var errNoPath = &apigateway.Error{Type: "MissingAuthenticationTokenException", Status: http.StatusForbidden, Message: "Missing Authentication Token"}

// notSpoken says that an operation of API Gateway is none of this project's. SDKs do not take it for the absence of a resource.
func (h *Handler) notSpoken(r *http.Request) error {
	err := apigateway.NotFound("%s %s is not among the operations of API Gateway that this server has: %s", r.Method, r.URL.EscapedPath(), h.spoken)
	err.Type = "UnknownOperationException"
	return err
}
