// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strings"
)

// invalidKey names the shared data that lists the plugins whose newest document is invalid.
const invalidKey = "gateway_responses.invalid"

// invalidGauge is 1 while that list has a line.
const invalidGauge = "gateway_responses.config_invalid"

// maxVersionAttempts is how often a shared value is tried to be replaced while other workers replace it.
const maxVersionAttempts = 100

// recordInvalid keeps the list and the gauge. The gauge is one for the process, the list one for each vm_id: so a VM
// sets the gauge to 0 only when it emptied its list.
//
// A worker cannot lose a line to another that creates the list at the same time: Envoy tries every configuration on
// the main thread before it hands it to the workers, so the list is there by then.
func (p *plugin) recordInvalid(invalid bool) {
	p.vm.metrics.id(gauge, invalidGauge) // shows as 0 from the start
	for range maxVersionAttempts {
		old, version, err := p.vm.host.sharedData(invalidKey)
		if err != nil {
			break
		}
		list := withLine(string(old), p.name+"/"+p.rootID, invalid)
		if list != string(old) || version == 0 {
			if p.vm.host.setSharedData(invalidKey, []byte(list), version) != nil {
				continue
			}
		}
		switch {
		case list != "":
			p.vm.metrics.record(invalidGauge, 1)
		case len(old) > 0:
			p.vm.metrics.record(invalidGauge, 0)
		}
		return
	}
	p.log(levelWarn, invalidGauge+" cannot be kept: the shared data "+invalidKey+" cannot be replaced")
}

// withLine returns the sorted lines of list with line among them, or without it.
func withLine(list, line string, among bool) string {
	var lines []string
	if list != "" {
		lines = strings.Split(list, "\n")
	}
	at, found := slices.BinarySearch(lines, line)
	switch {
	case among && !found:
		lines = slices.Insert(lines, at, line)
	case !among && found:
		lines = slices.Delete(lines, at, at+1)
	}
	return strings.Join(lines, "\n")
}
