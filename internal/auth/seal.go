// SPDX-License-Identifier: Apache-2.0

package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
)

// Sealer keeps secrets by AES-256-GCM.
type Sealer struct{ aead cipher.AEAD }

// SealKeySize is the size of the key that a Sealer is made of, in bytes.
const SealKeySize = 32

// NewSealer makes a Sealer of a key of SealKeySize bytes.
func NewSealer(key []byte) (*Sealer, error) {
	if len(key) != SealKeySize {
		return nil, fmt.Errorf("the sealing key has %d bytes, not %d", len(key), SealKeySize)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	aead, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		return nil, err
	}
	return &Sealer{aead: aead}, nil
}

// NewSealKey makes a key for a Sealer.
func NewSealKey() []byte {
	key := make([]byte, SealKeySize)
	rand.Read(key) // never fails
	return key
}

// Seal hides a secret. What it is for, such as the id of its key, must be given again to open it.
func (s *Sealer) Seal(secret []byte, purpose string) []byte {
	return s.aead.Seal(nil, nil, secret, []byte(purpose))
}

// ErrSealed says that a secret was sealed with another key, or for something else, or was changed.
var ErrSealed = errors.New("the secret cannot be opened with this sealing key")

// Open gives a secret back, or ErrSealed.
func (s *Sealer) Open(sealed []byte, purpose string) ([]byte, error) {
	secret, err := s.aead.Open(nil, nil, sealed, []byte(purpose))
	if err != nil {
		return nil, ErrSealed
	}
	return secret, nil
}
