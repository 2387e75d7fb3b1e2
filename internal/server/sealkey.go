// SPDX-License-Identifier: Apache-2.0

package server

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/server/secretfile"
)

// Sealer makes the sealer of a server: of the key that is kept beside SQLite, which is made if it is not there, or of the one that is
// named.
func (s Settings) Sealer() (*auth.Sealer, error) {
	text, err := os.ReadFile(s.SealKeyFile())
	if errors.Is(err, fs.ErrNotExist) && s.SealKey == "" && s.Store == "" {
		text, err = newSealKey(s.SealKeyFile())
	}
	if err != nil {
		return nil, err
	}
	key, err := base64.StdEncoding.DecodeString(string(bytes.TrimSpace(text)))
	if err != nil || len(key) != auth.SealKeySize {
		return nil, fmt.Errorf("%s holds no sealing key: it should be %d bytes in base64, as of openssl rand -base64 %[2]d", s.SealKeyFile(), auth.SealKeySize)
	}
	return auth.NewSealer(key)
}

// newSealKey makes a key, and a file that only its owner reads.
func newSealKey(file string) ([]byte, error) {
	text := base64.StdEncoding.AppendEncode(nil, auth.NewSealKey())
	return text, secretfile.New(file, append(text, '\n'))
}
