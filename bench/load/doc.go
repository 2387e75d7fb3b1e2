// SPDX-License-Identifier: Apache-2.0

// Package load sends requests to a proxy as fast as it answers, or at a given rate, and measures how long they take. It also
// is the upstream that the proxy forwards to.
//
// Both run in processes of their own, so that what they cost is not counted for the proxy. They write bytes that are
// prepared and look at no more of a reply than its status, its framing and its length: on two cores the generator must need
// less than the proxy does, or the proxy would be measured idle.
//
// A run is a conversation of two steps, see Serve: the generator connects and warms the proxy up, says that it is ready, and
// measures once it is told to. So whoever reads the CPU time of the proxy around it counts the measured requests only.
package load
