// SPDX-License-Identifier: Apache-2.0

package deploytest

import (
	"io"
	"net/http"
	"strings"
	"time"
)

// Upstream answers slowly where the path says so, line by line, not at all, with an error of its own, or well.
func Upstream(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/slow"):
		time.Sleep(2 * time.Second)
	case strings.HasSuffix(r.URL.Path, "/later"):
		time.Sleep(300 * time.Millisecond)
	case strings.HasSuffix(r.URL.Path, "/stream"):
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, "more\n")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(100 * time.Millisecond)
		}
	case strings.HasPrefix(r.URL.Path, "/broken"):
		panic(http.ErrAbortHandler)
	case strings.HasSuffix(r.URL.Path, "/missing"):
		http.Error(w, "the upstream wrote this", http.StatusNotFound)
	default:
		_, _ = io.WriteString(w, "fine\n")
	}
}

// Authorizer denies everything, with a page of its own or without, or breaks the connection off.
func Authorizer(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/down") {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(http.StatusForbidden)
	if strings.HasSuffix(r.URL.Path, "/page") {
		_, _ = io.WriteString(w, "the authorizer wrote this\n")
	}
}
