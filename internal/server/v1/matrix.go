// SPDX-License-Identifier: Apache-2.0

package v1

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/config"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/diff"
	"gatewayresponses/internal/exchange"
	"gatewayresponses/internal/preview"
	"gatewayresponses/internal/quote"
	"gatewayresponses/internal/survey"
	"gatewayresponses/internal/testfile"
)

// matrixInput is what getMatrix takes.
type matrixInput struct {
	Document  Document  `json:"document" about:"The document that decides."`
	Before    *Document `json:"before,omitempty" about:"The document to compare with, such as the one in force."`
	Routes    []string  `json:"routes,omitempty" about:"The routes of the document to look at, \"\" for requests that belong to none; 100 at most. Missing, it is all of them, and none."`
	Types     []string  `json:"types,omitempty" about:"The types to look at; missing, it is all that the document has."`
	Client    Asking    `json:"client,omitzero" about:"What the client sends, in the place of a request that each route takes. One that says what it accepts, or is of gRPC, makes one column."`
	Resource  string    `json:"resource,omitempty" about:"A path template below the path prefix of each route, such as a resource of the API, which requests are for."`
	BodyBytes *int      `json:"bodyBytes,omitempty" about:"How many bytes of each body to give; missing, it is all of them."`
}

// Asking is what a client sends. What is missing is that of a request which the route takes.
type Asking struct {
	Method   string            `json:"method,omitempty" about:"The method."`
	Path     string            `json:"path,omitempty" about:"The path, with its query."`
	Host     string            `json:"host,omitempty" about:"The host."`
	Protocol string            `json:"protocol,omitempty" about:"The protocol, such as HTTP/2."`
	Headers  map[string]string `json:"headers,omitempty" about:"Headers, by name."`
}

// Matrix is who sees what.
type Matrix struct {
	MediaTypes []string    `json:"mediaTypes" about:"The columns, by what clients accept: */* for any media type, those that they may choose from, and application/grpc. There is one, \"\", where the client says what it accepts."`
	Rows       []MatrixRow `json:"rows" about:"A row for each type, or several where routes differ."`
}

// MatrixRow is what clients see of a type on some routes.
type MatrixRow struct {
	Type   string       `json:"type" about:"The type."`
	Routes []string     `json:"routes" about:"The routes on which clients see this; \"\" is for requests that belong to none."`
	Cells  []MatrixCell `json:"cells" about:"The replies, each once. There are none for a type that never occurs."`
	Why    string       `json:"why,omitempty" about:"Why no error is taken for the type. With cells one was before, and they say what becomes of it."`
}

// MatrixCell is a reply, and who gets it.
type MatrixCell struct {
	MediaTypes     []string     `json:"mediaTypes" about:"The columns that have it."`
	OriginalStatus int          `json:"originalStatus" about:"The status of Envoy's own reply."`
	Details        string       `json:"details" about:"The response code details of Envoy's own reply."`
	Reply          MatrixReply  `json:"reply" about:"The reply on the first of the routes."`
	Before         *MatrixReply `json:"before,omitempty" about:"The reply of the document before; missing, if a client cannot tell the two apart."`
}

// MatrixReply is a reply.
type MatrixReply struct {
	diff.ReplyJSON
	Bytes int `json:"bytes" about:"How many bytes the whole body has."`
}

func matrixOf(ctx context.Context, s *Server, by control.Caller, in matrixInput) (Matrix, error) {
	document, err := s.good(ctx, by, in.Document)
	if err != nil {
		return Matrix{}, err
	}
	asked, err := in.question(document.Config)
	if err != nil {
		return Matrix{}, err
	}
	if in.Before != nil {
		before, err := s.good(ctx, by, *in.Before)
		if err != nil {
			return Matrix{}, err
		}
		asked.Before = &before
	}
	found, ok := survey.MatrixOf(document, asked)
	if !ok {
		return Matrix{}, tooManyReplies()
	}
	made := Matrix{MediaTypes: found.Media, Rows: make([]MatrixRow, len(found.Rows))}
	for i := range found.Rows {
		made.Rows[i] = in.row(&found.Rows[i])
	}
	return made, nil
}

// question is what the matrix is to show.
func (in *matrixInput) question(document *config.Document) (q survey.Question, err error) {
	q = survey.Question{Routes: in.Routes, Resource: in.Resource, Most: maxReplies}
	n := len(in.Routes)
	if in.Routes == nil {
		n = len(document.Routes)
	} else if _, err := withRoutes(document, slices.DeleteFunc(slices.Clone(in.Routes), func(name string) bool { return name == "" })); err != nil {
		return q, err
	}
	if n > maxSurveyed {
		return q, badInput("there are "+strconv.Itoa(n)+" routes to look at, want 100 at most; name them in \"routes\"", nil)
	}
	for _, t := range in.Types {
		if err := exchange.CheckType(config.ResponseType(t), document); err != nil {
			return q, badInput("types: "+err.Error(), nil)
		}
		q.Types = append(q.Types, config.ResponseType(t))
	}
	if in.Resource != "" && !strings.HasPrefix(in.Resource, "/") {
		return q, badInput(`"resource" is `+quote.Text(in.Resource)+`, want a path template that begins with "/"`, nil)
	}
	if in.BodyBytes != nil && *in.BodyBytes < 0 {
		return q, badInput(`"bodyBytes" is below 0`, nil)
	}
	q.Request, err = in.Client.request()
	return q, err
}

// request reads what a client sends, as exchanges say it.
func (c *Asking) request() (exchange.Request, error) {
	written, err := json.Marshal(map[string]any{"request": c, "error": map[string]int{"status": 500}})
	if err != nil {
		return exchange.Request{}, err
	}
	read, found := testfile.ReadExchange("client", written)
	if found.HasErrors() {
		return exchange.Request{}, badInput("the client cannot be read: "+found[0].Words(), nil)
	}
	return read.Request, nil
}

// row is a row in the form of this API.
func (in *matrixInput) row(from *survey.Row) MatrixRow {
	row := MatrixRow{Type: string(from.Type), Routes: from.Routes, Cells: make([]MatrixCell, len(from.Cells))}
	if from.Why != nil {
		row.Why = from.Why.Error()
	}
	for i := range from.Cells {
		c := &from.Cells[i]
		row.Cells[i] = MatrixCell{MediaTypes: c.Media, OriginalStatus: c.Facts.Reply.Status, Details: c.Facts.Reply.Details, Reply: in.reply(&c.Reply)}
		if c.Before != nil {
			before := in.reply(c.Before)
			row.Cells[i].Before = &before
		}
	}
	return row
}

// reply is a reply, with as much of its body as was asked for.
func (in *matrixInput) reply(r *preview.Reply) MatrixReply {
	shown := MatrixReply{ReplyJSON: diff.ReplyOf(r), Bytes: len(r.Body)}
	if in.BodyBytes != nil && len(shown.Body) > *in.BodyBytes {
		shown.Body = strings.ToValidUTF8(shown.Body[:*in.BodyBytes], "")
	}
	return shown
}
