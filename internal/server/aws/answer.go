// SPDX-License-Identifier: Apache-2.0

package aws

import (
	"bytes"
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"gatewayresponses/internal/accept"
	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/server/request"
)

// answer writes the output of an operation.
func (h *Handler) answer(w http.ResponseWriter, r *http.Request, o *operation, output any) {
	value := reflect.Indirect(reflect.ValueOf(output))
	raw, isRaw := headers(w.Header(), value)
	switch {
	case isRaw:
	case value.Type() == reflect.TypeFor[apigateway.Empty]():
		w.WriteHeader(o.Status)
		return
	default:
		media := outputTypes[outputChoice.Choose(strings.Join(r.Header.Values("Accept"), ","))]
		text, err := marshalAs(media, o, r, output)
		if err != nil {
			WriteError(w, request.From(r.Context()).Refused(err))
			return
		}
		raw = text
		w.Header().Set("Content-Type", media)
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(raw)))
	w.WriteHeader(o.Status)
	_, _ = w.Write(raw) // the client has gone, and nobody is left to tell
}

// The media types of outputs. AWS answers HAL to everybody who does not ask for JSON; here it is for those who ask for it.
var (
	outputTypes  = []string{halType, accept.JSON}
	outputChoice = accept.New(outputTypes)
)

const halType = "application/hal+json"

// marshalAs writes an output as a media type.
func marshalAs(media string, o *operation, r *http.Request, output any) ([]byte, error) {
	if media == halType {
		var err error
		if output, err = apigateway.HAL(o.Operation, r.URL.EscapedPath(), output); err != nil {
			return nil, err
		}
	}
	return marshal(output)
}

// headers sets the headers that the tags of an output ask for, and gives the body if the output holds it as it is.
func headers(header http.Header, output reflect.Value) (raw []byte, isRaw bool) {
	for i := range output.NumField() {
		field, value := output.Type().Field(i), output.Field(i)
		name := field.Tag.Get("header")
		if _, isTag := field.Tag.Lookup("etag"); isTag {
			name = "ETag"
		}
		switch {
		case name != "" && field.Type.Kind() == reflect.Slice && value.Len() > 0:
			header[http.CanonicalHeaderKey(name)] = value.Interface().([]string)
		case name != "" && field.Type.Kind() == reflect.String && value.String() != "":
			header.Set(name, value.String())
		case field.Type == reflect.TypeFor[[]byte]() && field.Tag.Get("json") == "-":
			raw, isRaw = value.Bytes(), true
		}
	}
	return raw, isRaw
}

// marshal writes JSON as AWS does: without a line break at the end, and with <, > and & as they are.
func marshal(value any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// WriteError writes an error as API Gateway does.
func WriteError(w http.ResponseWriter, err *apigateway.Error) {
	text, _ := marshal(struct {
		Message string `json:"message"`
	}{err.Message}) // a string is always JSON
	w.Header().Set("Content-Type", accept.JSON)
	w.Header().Set("Content-Length", strconv.Itoa(len(text)))
	w.Header().Set("X-Amzn-Errortype", err.Type)
	if after := err.RetrySeconds(); after != "" {
		w.Header().Set("Retry-After", after)
	}
	w.WriteHeader(err.Status)
	_, _ = w.Write(text) // the client has gone, and nobody is left to tell
}
