// SPDX-License-Identifier: Apache-2.0

package server

import (
	"crypto/rand"
	"crypto/subtle"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"gatewayresponses/internal/console"
)

const (
	// LinkTime is how long the link works by which somebody signs in once.
	LinkTime = 5 * time.Minute
	// linkPrefix tells the word of a link from a key.
	linkPrefix = "once_"
)

// link is by which somebody signs in once who starts the server at a terminal. The zero link lets nobody in.
type link struct {
	mu sync.Mutex
	// word is what the link holds, "" for none; key is the bearer key that it stands for.
	word, key string
	ends      time.Time
}

// SignInLink is the URL of a page where whoever has it signs in once with the first key, within LinkTime. It is for the terminal of
// who starts the server, who may read the file of that key. A later link takes the place of an earlier one.
func (s *Server) SignInLink() (string, error) {
	key, err := os.ReadFile(filepath.Join(s.settings.Data, BearerFile))
	if err != nil {
		return "", err
	}
	s.link.mu.Lock()
	defer s.link.mu.Unlock()
	s.link.word, s.link.key, s.link.ends = linkPrefix+rand.Text(), strings.TrimSpace(string(key)), time.Now().Add(LinkTime)
	return s.URL() + "/console/sign-in?once=" + s.link.word, nil
}

// redeem gives the key that the word of a link stands for, this once. What is no word of a link is a key already.
func (l *link) redeem(word string) (key string, err error) {
	if !strings.HasPrefix(word, linkPrefix) {
		return word, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.word == "" || subtle.ConstantTimeCompare([]byte(word), []byte(l.word)) == 0 || !time.Now().Before(l.ends) {
		return "", &console.Refusal{Status: http.StatusForbidden, Message: "This link was used already, or it is older than five minutes. Sign in with the key."}
	}
	l.word = ""
	return l.key, nil
}
