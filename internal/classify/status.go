// SPDX-License-Identifier: Apache-2.0

package classify

import "gatewayresponses/config"

// statuses are the types that a status alone tells. All others are one of the two DEFAULT_* types.
var statuses = [...]struct {
	status       int
	responseType config.ResponseType
}{
	{401, config.Unauthorized},
	{403, config.AccessDenied},
	{404, config.ResourceNotFound},
	{413, config.RequestTooLarge},
	{415, config.UnsupportedMediaType},
	{429, config.Throttled},
	{504, config.IntegrationTimeout},
}

// byStatus is the type when nothing but the status is known.
func byStatus(status int) config.ResponseType {
	for _, row := range statuses {
		if row.status == status {
			return row.responseType
		}
	}
	return config.FamilyOf(status)
}
