// SPDX-License-Identifier: Apache-2.0

// Package backup writes all that a store keeps to a file, and fills an empty
// store with it, of whatever database either is.
//
// A backup is lines of JSON: one that names the format, one for each record, one
// for each entry of a log, and one that counts them and holds a checksum. Notes
// are of the moment and not in it.
package backup

import (
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// format is what the first line says.
const format = "gwrd backup"

// formatVersion is the version of the format that is written, and the only one that is read.
const formatVersion = 1

// maxLine is the longest line that is written or read, in bytes.
const maxLine = 64 << 20

// Summary says what a backup holds.
type Summary struct {
	// Records and Entries are how many there are, Entries those of all logs together.
	Records, Entries int64
	// At is when the backup was made, UTC.
	At time.Time
}

// header is the first line.
type header struct {
	Format  string    `json:"format"`
	Version int       `json:"version"`
	At      time.Time `json:"at"`
}

// line is any other; one of its members is there.
type line struct {
	Record *recordLine `json:"record,omitzero"`
	Entry  *entryLine  `json:"entry,omitzero"`
	End    *endLine    `json:"end,omitzero"`
}

// A body is in Body if a line can hold it as JSON without the loss of a byte, else in Bytes, in base64.

type recordLine struct {
	Kind    string         `json:"kind"`
	Scope   string         `json:"scope,omitzero"`
	Name    string         `json:"name"`
	Version int64          `json:"version"`
	Link    string         `json:"link,omitzero"`
	Body    jsontext.Value `json:"body,omitzero"`
	Bytes   []byte         `json:"bytes,omitzero"`
}

type entryLine struct {
	Log    string         `json:"log"`
	Number int64          `json:"number"`
	Body   jsontext.Value `json:"body,omitzero"`
	Bytes  []byte         `json:"bytes,omitzero"`
}

// endLine is the last line.
type endLine struct {
	Records int64 `json:"records"`
	Entries int64 `json:"entries"`
	// SHA256 is that of all lines before, in hex.
	SHA256 string `json:"sha256"`
}
