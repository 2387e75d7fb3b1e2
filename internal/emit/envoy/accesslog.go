// SPDX-License-Identifier: Apache-2.0

package envoy

// TryHeader names the header of requests whose lines of the access log Envoy sends to the server: somebody there waits for them.
const TryHeader = "x-gateway-responses-try"

// The filter state that lines have.
const (
	TypeState           = "wasm.gateway_responses.type"
	OriginalStatusState = "wasm.gateway_responses.original_status"
	EntryState          = "wasm.gateway_responses.entry"
	OwnerState          = "envoy.filters.network.http_connection_manager.local_reply_owner"
)

// TryHeader is what templates see of the constant.
func (Options) TryHeader() string { return TryHeader }

// LoggedState are the names of the filter state that lines have.
func (Options) LoggedState() []string {
	return []string{TypeState, OriginalStatusState, EntryState, OwnerState}
}
