// SPDX-License-Identifier: Apache-2.0

package cases

import (
	"fmt"
	"strconv"
	"strings"

	"gatewayresponses/internal/facts"
)

// message is an HTTP message as a case writes it.
type message struct {
	start   string
	headers facts.Headers
	absent  []string
	body    []byte
}

// readMessage reads a message. The body is nil when there is no empty line.
func readMessage(text string) (message, error) {
	var m message
	head, body, hasBody := strings.Cut(text, "\n\n")
	if hasBody {
		m.body = []byte(strings.TrimSuffix(body, "\n"))
	}
	lines := strings.Split(strings.TrimSuffix(head, "\n"), "\n")
	m.start = lines[0]
	for _, line := range lines[1:] {
		if err := m.readLine(line); err != nil {
			return m, err
		}
	}
	return m, nil
}

// readLine reads one header line: "name: value", "name:= Go string" or "!name".
func (m *message) readLine(line string) error {
	if name, ok := strings.CutPrefix(line, "!"); ok {
		m.absent = append(m.absent, strings.ToLower(name))
		return nil
	}
	name, value, ok := strings.Cut(line, ":")
	if !ok || name == "" {
		return fmt.Errorf("%q is not a header line; write \"name: value\", \"name:= Go string\" or \"!name\"", line)
	}
	if literal, ok := strings.CutPrefix(value, "="); ok {
		unquoted, err := strconv.Unquote(strings.TrimSpace(literal))
		if err != nil {
			return fmt.Errorf("%q is not a Go string literal: %w", literal, err)
		}
		value = unquoted
	} else {
		value = strings.Trim(value, " \t")
	}
	m.headers = append(m.headers, facts.Header{Name: strings.ToLower(name), Value: value})
	return nil
}
