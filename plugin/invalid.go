// SPDX-License-Identifier: Apache-2.0

package main

import (
	"slices"
	"strconv"
	"strings"

	"gatewayresponses/plugin/internal/abi"
)

// invalidKey names the shared data that lists the plugins whose newest document is invalid. A line is
//
//	NAME\0ROOT_ID\0FINGERPRINT
//
// The fingerprint is that of the document, so that a plugin which ends late takes nothing back of its successor's.
const invalidKey = "gateway_responses.invalid"

// invalidGauge is how many vm_ids have a line in that list.
const invalidGauge = "gateway_responses.config_invalid"

// maxVersionAttempts is how often a shared value is tried to be replaced while other workers replace it.
const maxVersionAttempts = 100

// recordInvalid keeps whether the newest document of the plugin, which is text, is invalid, and reports whether it was known
// to be.
func (p *plugin) recordInvalid(text []byte, invalid bool) (known bool) {
	p.vm.metrics.id(abi.Gauge, invalidGauge) // shows as 0 from the start
	if invalid {
		p.invalid = p.linePrefix() + fingerprint(string(text))
	}
	return p.showInvalid()
}

// showInvalid has the list speak of the plugin's own document, and reports whether it did already.
func (p *plugin) showInvalid() (known bool) { return p.replaceInvalid(p.linePrefix(), p.invalid) }

// linePrefix begins the lines of all plugins with the same name and root_id.
func (p *plugin) linePrefix() string { return p.name + "\x00" + p.rootID + "\x00" }

// replaceInvalid replaces the lines of the list that begin with prefix by line, "" for none, moves the gauge, and reports whether
// line was there. The gauge is one for the process, the list one for each vm_id. So the gauge is never set, but moved by the
// VM that gave the list its first line, or took the last: what the lists of others hold, and who comes first, does not matter.
//
// A worker cannot lose a line to another that creates the list at the same time: Envoy tries every configuration on
// the main thread before it hands it to the workers, so the list is there by then.
func (p *plugin) replaceInvalid(prefix, line string) (there bool) {
	for range maxVersionAttempts {
		old, version, err := p.vm.host.sharedData(invalidKey)
		if err != nil {
			break
		}
		list := withLine(string(old), prefix, line)
		if list == string(old) && version != 0 {
			return line != ""
		}
		if p.vm.host.setSharedData(invalidKey, []byte(list), version) != nil {
			continue
		}
		switch {
		case len(old) == 0 && list != "":
			p.vm.metrics.move(invalidGauge, 1)
		case len(old) > 0 && list == "":
			p.vm.metrics.move(invalidGauge, -1)
		}
		return false
	}
	p.log(abi.LevelWarn, invalidGauge+" cannot be kept: the shared data "+invalidKey+" cannot be replaced")
	return false
}

// withLine returns list with line, "" for none, in the place of those that begin with prefix.
func withLine(list, prefix, line string) string {
	var lines []string
	if list != "" {
		lines = strings.Split(list, "\n")
	}
	if slices.Contains(lines, line) {
		return list
	}
	lines = slices.DeleteFunc(lines, func(other string) bool { return strings.HasPrefix(other, prefix) })
	if line != "" {
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// fingerprint tells documents apart in 16 digits at most: FNV-1a, https://datatracker.ietf.org/doc/html/draft-eastlake-fnv.
func fingerprint(document string) string {
	const offset, prime = 14695981039346656037, 1099511628211
	hash := uint64(offset)
	for i := range len(document) {
		hash = (hash ^ uint64(document[i])) * prime
	}
	return strconv.FormatUint(hash, 16)
}
