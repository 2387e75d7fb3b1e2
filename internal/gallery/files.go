// SPDX-License-Identifier: Apache-2.0

package gallery

import (
	"bytes"
	"fmt"
	"strings"

	"gatewayresponses/internal/facts"
	"gatewayresponses/internal/jsonwrite"
	"gatewayresponses/internal/survey"
)

// File is one file of a folder.
type File struct {
	// Name is its path below the folder, with slashes.
	Name string
	Text []byte
}

// indexName is the name of the index.
const indexName = "index.json"

// Index says what a folder holds.
type Index struct {
	Document string  `json:"document"`
	Replies  []Entry `json:"replies"`
	// Unraised are the types that no error is taken for.
	Unraised []Missing `json:"unraised"`
}

// Entry is one reply.
type Entry struct {
	// Route is "" for requests that belong to none.
	Route string `json:"route"`
	Type  string `json:"type"`
	// MediaType is what the client accepts, "" where there is no choice.
	MediaType string `json:"mediaType"`
	// Replaced reports whether the document replaces the reply, Left is why it does not.
	Replaced bool   `json:"replaced"`
	Left     string `json:"left,omitempty"`
	// Entry is the entry of the document that answers.
	Entry string `json:"entry,omitempty"`
	// OriginalStatus and Details are those of Envoy's reply.
	OriginalStatus int           `json:"originalStatus"`
	Details        string        `json:"details"`
	Status         int           `json:"status"`
	Headers        facts.Headers `json:"headers"`
	// Reply is the file with the whole reply, Body that with its body, "" without one. A reply that is the same without the route has
	// the files of that.
	Reply string `json:"reply,omitempty"`
	Body  string `json:"body,omitempty"`
	// Text is the body itself, where there are no files.
	Text string `json:"text,omitempty"`
}

// Missing is a type that nothing raises.
type Missing struct {
	Route string `json:"route"`
	Type  string `json:"type"`
	Why   string `json:"why"`
}

// Files are the files of a folder that shows a survey of a document, the index first.
func Files(document string, s survey.Survey) ([]File, error) {
	index := IndexOf(document, s)
	var files []File
	names := newNames()
	written := map[survey.Key]*Entry{}
	for i := range s.Views {
		v, entry := &s.Views[i], &index.Replies[i]
		entry.Text = ""
		if same, ok := written[survey.Key{Type: v.Type, Media: v.Media}]; ok && v.SameAsDocument {
			entry.Reply, entry.Body = same.Reply, same.Body
		} else {
			name := names.of(v)
			entry.Reply = name + ".http"
			files = append(files, File{entry.Reply, Message(v)})
			if len(v.Reply.Body) > 0 {
				entry.Body = name + extension(survey.MediaType(&v.Reply))
				files = append(files, File{entry.Body, v.Reply.Body})
			}
			written[v.Key] = entry
		}
	}
	text, err := jsonwrite.File(index)
	return append([]File{{indexName, text}}, files...), err
}

// IndexOf lists the replies of a survey, with their bodies and without files.
func IndexOf(document string, s survey.Survey) Index {
	index := Index{Document: document, Replies: []Entry{}, Unraised: []Missing{}}
	for i := range s.Views {
		index.Replies = append(index.Replies, entryOf(&s.Views[i]))
	}
	for _, u := range s.Unraised {
		index.Unraised = append(index.Unraised, Missing{u.Route, string(u.Type), u.Why.Error()})
	}
	return index
}

// entryOf is the entry of the index for a reply.
func entryOf(v *survey.View) Entry {
	return Entry{
		Route: v.Route, Type: string(v.Type), MediaType: v.Media, Replaced: v.Reply.Replaced, Left: string(v.Reply.Trace.Left),
		Entry: v.Reply.Trace.Entry, OriginalStatus: v.Facts.Reply.Status, Details: v.Facts.Reply.Details, Status: v.Reply.Status, Headers: append(facts.Headers{}, v.Reply.Headers...),
		Text: string(v.Reply.Body),
	}
}

// Message is a reply as HTTP/1.1 writes it, with line ends of files: request line and error of Envoy stand in front, behind "#".
func Message(v *survey.View) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s\n# Envoy: %d %s\n", requestLine(v.Facts.Request.Headers), v.Facts.Reply.Status, v.Facts.Reply.Details)
	fmt.Fprintf(&b, "HTTP/1.1 %d\n", v.Reply.Status)
	for _, line := range v.Reply.Headers {
		fmt.Fprintf(&b, "%s: %s\n", line.Name, line.Value)
	}
	fmt.Fprintf(&b, "\n%s", v.Reply.Body)
	if body := v.Reply.Body; len(body) > 0 && body[len(body)-1] != '\n' {
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// requestLine is the request of a view in a line.
func requestLine(headers facts.Headers) string {
	method, _ := headers.First(":method")
	scheme, _ := headers.First(":scheme")
	host, _ := headers.First(":authority")
	path, _ := headers.First(":path")
	line := method + " " + scheme + "://" + host + path
	if accept, found := headers.First("accept"); found {
		line += ", accept: " + accept
	}
	return line
}

// extension is the end of the name of a file with a media type.
func extension(media string) string {
	switch known := map[string]string{
		"text/html": ".html", "text/plain": ".txt", "application/xml": ".xml", "text/xml": ".xml", "application/json": ".json", "text/css": ".css",
	}[media]; {
	case known != "":
		return known
	case strings.HasSuffix(media, "+json"):
		return ".json"
	case strings.HasSuffix(media, "+xml"):
		return ".xml"
	}
	return ".txt"
}
