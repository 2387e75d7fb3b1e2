// SPDX-License-Identifier: Apache-2.0

package provoke

import (
	"net/http"
	"strings"

	"gatewayresponses/e2e/envoytest"
)

// trailers is a body in chunks with lines after it.
func trailers(lines string) string {
	return "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n" + lines + "\r\n"
}

// exchangeRows are requests that break a rule of HTTP after the filters have seen their head.
var exchangeRows = []provocation{
	{
		name: "trailer-count", details: "http1.too_many_headers", action: "route: {cluster: hangs}", envoy: "DEFAULT_4XX",
		partial: trailers(strings.Repeat("X-Many: 1\r\n", 200)),
	},
	{
		name: "trailer-name", details: "http1.unexpected_underscore", action: "route: {cluster: hangs}", envoy: "DEFAULT_4XX",
		partial: trailers("X_Under: 1\r\n"),
	},
	{
		name: "websocket", details: "websocket_handshake_unsuccessful", action: "route: {cluster: refuses}", until: 39, envoy: "-",
		partial: "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
		request: envoytest.Request{Method: http.MethodGet, Path: "/websocket"},
	},
	{
		name: "connect", details: "early_connect_data", match: "connect_matcher: {}", envoy: "DEFAULT_4XX",
		action:  "route: {cluster: hangs, upgrade_configs: [{upgrade_type: CONNECT}]}",
		request: envoytest.Request{Method: http.MethodConnect, Path: envoytest.Host + ":443"}, partial: "\r\nearly",
	},
}
