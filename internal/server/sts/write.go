// SPDX-License-Identifier: Apache-2.0

package sts

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"strconv"
	"strings"
)

// namespace is that of the service's XML.
const namespace = "https://sts.amazonaws.com/doc/2011-06-15/"

// answer says who the caller is.
type answer struct {
	XMLName   xml.Name `xml:"GetCallerIdentityResponse" json:"-"`
	Namespace string   `xml:"xmlns,attr" json:"-"`
	Result    identity `xml:"GetCallerIdentityResult" json:"GetCallerIdentityResult"`
	Metadata  metadata `xml:"ResponseMetadata" json:"ResponseMetadata"`
}

type identity struct {
	ARN     string `xml:"Arn" json:"Arn"`
	UserID  string `xml:"UserId" json:"UserId"`
	Account string `xml:"Account" json:"Account"`
}

type metadata struct {
	RequestID string `xml:"RequestId" json:"RequestId"`
}

// failure says why there is no answer.
type failure struct {
	XMLName   xml.Name     `xml:"ErrorResponse" json:"-"`
	Namespace string       `xml:"xmlns,attr" json:"-"`
	Error     failureError `xml:"Error" json:"Error"`
	RequestID string       `xml:"RequestId" json:"RequestId"`
}

type failureError struct {
	// Type is Sender or Receiver: whose fault it is.
	Type    string `xml:"Type" json:"Type"`
	Code    string `xml:"Code" json:"Code"`
	Message string `xml:"Message" json:"Message"`
}

// write writes an answer or a failure as the client wants it. In JSON an answer is a member of the name that it has in XML.
func write(w http.ResponseWriter, r *http.Request, status int, value any) {
	var text bytes.Buffer
	contentType := "text/xml"
	var err error
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		contentType = "application/json"
		if identity, ok := value.(answer); ok {
			value = map[string]answer{"GetCallerIdentityResponse": identity}
		}
		e := json.NewEncoder(&text)
		e.SetEscapeHTML(false)
		err = e.Encode(value)
	} else {
		e := xml.NewEncoder(&text)
		e.Indent("", "  ")
		err = e.Encode(value)
		text.WriteByte('\n')
	}
	if err != nil { // of texts alone there is none
		http.Error(w, "Internal failure", http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(text.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(text.Bytes()) // the client has gone, and nobody is left to tell
}
