// SPDX-License-Identifier: Apache-2.0

package command

import (
	"io"
	"strings"
	"time"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/control"
	"gatewayresponses/internal/listing"
	"gatewayresponses/internal/server"
	"gatewayresponses/internal/server/secretfile"
)

// keyFile is the file that a new key is written to.
type keyFile struct {
	path string
	// form is aws or bearer.
	form string
	// url and region are those of the server.
	url, region string
}

func (f keyFile) text(key auth.Credentials) []byte {
	if f.form == "bearer" {
		return []byte(key.Bearer() + "\n")
	}
	return server.AWSConfig(f.url, f.region, key)
}

// stdout is the path that stands for it.
const stdout = "-"

// stream writes what made writes into the file, which only its owner reads and which must not be there yet, or to out.
func (f keyFile) stream(out io.Writer, made func(io.Writer) error) error {
	if f.path == stdout {
		return made(out)
	}
	return secretfile.Stream(f.path, made)
}

// where is what the file is called in a message.
func (f keyFile) where() string {
	if f.path == stdout {
		return "stdout"
	}
	return f.path
}

// keyTable lists keys, and how they stand at a time.
func keyTable(keys []control.Key, now time.Time) string {
	rows := [][]string{{"ID", "NAME", "ROLE", "APIS", "HOSTS", "EXPIRES", "LAST USED", "STATE"}}
	for _, key := range keys {
		state := "works"
		switch {
		case key.Disabled:
			state = "disabled"
		case key.Expires != nil && key.Expires.Before(now):
			state = "expired"
		}
		rows = append(rows, []string{
			key.ID, key.Name, string(key.Rights.Role), orAll(key.Rights.APIs), strings.Join(key.Rights.Hosts, ","),
			moment(key.Expires), moment(key.LastUsed), state,
		})
	}
	return listing.Table("", rows)
}

func orAll(globs []string) string {
	if len(globs) == 0 {
		return "all"
	}
	return strings.Join(globs, ",")
}

// moment is a time that there may be.
func moment(t *time.Time) string {
	if t == nil {
		return "never"
	}
	return t.Format(time.RFC3339)
}
