// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"fmt"
	"net"
	"strconv"
)

// CheckPort says when a port of 127.0.0.1 is taken. Envoy itself would share the port with another Envoy, and each would
// get a part of the connections. variable is the name of what to set to get another port.
func CheckPort(port int, variable string) error {
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		return fmt.Errorf("port %d cannot be used (%w); set %s to a free one", port, err, variable)
	}
	return listener.Close()
}
