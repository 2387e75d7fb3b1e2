// SPDX-License-Identifier: Apache-2.0

package envoygateway

import (
	"io"
	"net/http"
	"strings"
	"time"
)

// upstream answers slowly where the path says so, with an error of its own, or well.
func upstream(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/slow"):
		time.Sleep(2 * time.Second)
	case strings.HasSuffix(r.URL.Path, "/missing"):
		http.Error(w, "the upstream wrote this", http.StatusNotFound)
	default:
		_, _ = io.WriteString(w, "fine\n")
	}
}

// authorizer denies everything, with a page of its own or without, or breaks the connection off.
func authorizer(w http.ResponseWriter, r *http.Request) {
	if strings.HasSuffix(r.URL.Path, "/down") {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(http.StatusForbidden)
	if strings.HasSuffix(r.URL.Path, "/page") {
		_, _ = io.WriteString(w, "the authorizer wrote this\n")
	}
}
