// SPDX-License-Identifier: Apache-2.0

// Package awsmodel holds replies against a model of AWS: the file service-2.json
// that the SDKs of AWS are made of. For tests.
package awsmodel

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strings"
)

// Model is what AWS says of one service that speaks JSON over REST.
type Model struct {
	Operations map[string]Operation `json:"operations"`
	Shapes     map[string]shape     `json:"shapes"`
}

// Operation is one operation of a service.
type Operation struct {
	HTTP struct {
		Method       string `json:"method"`
		RequestURI   string `json:"requestUri"`
		ResponseCode int    `json:"responseCode"`
	} `json:"http"`
	Output *reference  `json:"output"`
	Errors []reference `json:"errors"`
}

// reference names a shape, and says where a member of it stands.
type reference struct {
	Shape        string `json:"shape"`
	Location     string `json:"location"`
	LocationName string `json:"locationName"`
}

// shape is the type of a value.
type shape struct {
	Type     string               `json:"type"`
	Members  map[string]reference `json:"members"`
	Required []string             `json:"required"`
	Payload  string               `json:"payload"`
	Member   reference            `json:"member"`
	Value    reference            `json:"value"`
	Enum     []string             `json:"enum"`
	Pattern  string               `json:"pattern"`
	Error    struct {
		Status int `json:"httpStatusCode"`
	} `json:"error"`
	Exception bool `json:"exception"`
}

// Load reads a model, which may be compressed.
func Load(path string) (*Model, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	var model Model
	if err := json.NewDecoder(in).Decode(&model); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return &model, nil
}

// Reply is what a server answered to a request.
type Reply struct {
	// Method, Path and Query are those of the request; the path is percent-encoded.
	Method, Path string
	Query        url.Values
	Status       int
	Header       http.Header
	Body         []byte
}

// find gives the operation that a request is for: of those whose path fits, the one that asks for most in the query.
func (m *Model) find(r Reply) (name string, found Operation) {
	best := -1
	for candidate, o := range m.Operations {
		path, query, _ := strings.Cut(o.HTTP.RequestURI, "?")
		want, _ := url.ParseQuery(query)
		if o.HTTP.Method == r.Method && fits(path, r.Path) && included(want, r.Query) && len(want) > best {
			name, found, best = candidate, o, len(want)
		}
	}
	return name, found
}

// fits reports whether a path has the segments of a pattern like /restapis/{restapi_id}.
func fits(pattern, path string) bool {
	want, got := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(got) {
		return false
	}
	for i, segment := range want {
		if segment != got[i] && (!strings.HasPrefix(segment, "{") || got[i] == "") {
			return false
		}
	}
	return true
}

func included(want, got url.Values) bool {
	for name := range want {
		if got.Get(name) != want.Get(name) {
			return false
		}
	}
	return true
}
