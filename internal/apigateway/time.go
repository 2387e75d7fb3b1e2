// SPDX-License-Identifier: Apache-2.0

package apigateway

import (
	"encoding/json"
	"strconv"
	"time"
)

// Time is a point in time as AWS's API writes it: seconds since 1970, UTC.
type Time struct{ time.Time }

// MarshalJSON writes whole seconds.
func (t Time) MarshalJSON() ([]byte, error) {
	return strconv.AppendInt(nil, t.Unix(), 10), nil
}

// UnmarshalJSON reads seconds, with or without a fraction.
func (t *Time) UnmarshalJSON(text []byte) error {
	var seconds float64
	if err := json.Unmarshal(text, &seconds); err != nil {
		return err
	}
	t.Time = time.UnixMilli(int64(seconds * 1000)).UTC()
	return nil
}
