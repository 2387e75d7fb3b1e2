// SPDX-License-Identifier: Apache-2.0

package doctor

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// fetchTimeout is how long an admin interface may take to write its configuration.
const fetchTimeout = 30 * time.Second

// dumpPath is where the admin interface has it.
const dumpPath = "/config_dump"

// Fetch reads the configuration that an Envoy dumps. address is that of its admin interface, or of the page itself. The text has at
// most MaxSize bytes, and one more where there are more. Redirects are not followed.
func Fetch(ctx context.Context, address string) ([]byte, error) {
	page, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	if page.Host == "" {
		return nil, fmt.Errorf("%q names no host; give the address of Envoy's admin interface, as http://localhost:9901", address)
	}
	if !strings.HasSuffix(page.Path, dumpPath) {
		page = page.JoinPath(dumpPath)
	}
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, page.String(), http.NoBody)
	if err != nil {
		return nil, err
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	reply, err := client.Do(request)
	if err != nil {
		return nil, err
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s; give the address of Envoy's admin interface", page.Redacted(), reply.Status)
	}
	return io.ReadAll(io.LimitReader(reply.Body, MaxSize+1))
}
