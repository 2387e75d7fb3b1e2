// SPDX-License-Identifier: Apache-2.0

package control

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/store"
)

// decode reads the value of a record.
func decode(record store.Record, value any) error {
	if err := json.Unmarshal(record.Body, value); err != nil {
		return fmt.Errorf("%s %s: %w", record.Kind, record.Name, err)
	}
	return nil
}

// get reads a record into value, and gives its version.
func get(r store.Reader, key store.Key, value any) (int64, error) {
	record, err := r.Get(key)
	if err != nil {
		return 0, err
	}
	return record.Version, decode(record, value)
}

// lookup reads a record into value and gives its ETag. Without the record it says missing.
func lookup(r store.Reader, key store.Key, value any, missing error) (etag string, err error) {
	version, err := get(r, key, value)
	if errors.Is(err, store.ErrNotFound) {
		return "", missing
	}
	return etagOf(version), err
}

// etagOf is the ETag of a version of a record. Version 0 is a record that is not there, such as that of a gateway response that is
// not customised.
func etagOf(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// currentETag is the ETag of a record as it is now.
func currentETag(r store.Reader, key store.Key) (string, error) {
	record, err := r.Get(key)
	if err != nil && !errors.Is(err, store.ErrNotFound) {
		return "", err
	}
	return etagOf(record.Version), nil
}

// replace changes a record and gives its new ETag.
func (t *change) replace(key store.Key, link string, value any) (etag string, err error) {
	if err := t.update(key, link, value); err != nil {
		return "", err
	}
	return currentETag(t, key)
}

// match refuses a change of a record whose ETag is none of those that the caller expects. Source: RFC 9110, section 13.1.1.
func (c *Control) match(t *change, by Caller, key store.Key) error {
	if by.IfMatch == "" {
		return nil
	}
	now, err := currentETag(t, key)
	if err != nil {
		return err
	}
	for tag := range strings.SplitSeq(by.IfMatch, ",") {
		tag = strings.TrimSpace(tag)
		if tag == now || tag == "*" && now != etagOf(0) {
			return nil
		}
	}
	return apigateway.Conflict("Unable to complete operation due to concurrent modification. Please try again later.")
}

// lookupAPI reads a REST API, or says in AWS's words that there is none.
func (c *Control) lookupAPI(r store.Reader, id string) (apigateway.RestAPI, error) {
	var api apigateway.RestAPI
	etag, err := lookup(r, apiKey(id), &api, apigateway.NotFound("Invalid API identifier specified %s:%s", c.options.Account, id))
	api.ETag = etag
	return api, err
}
