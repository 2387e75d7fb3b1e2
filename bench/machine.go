// SPDX-License-Identifier: Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"time"

	"gatewayresponses/bench/result"
)

// busy is a load average that no quiet machine has.
const busy = 0.5

// describe begins a result: where, when and with what it is made.
func (b *bench) describe(ctx context.Context) (*result.Run, error) {
	version, err := exec.CommandContext(ctx, b.envoyPath, "--version").Output()
	if err != nil {
		return nil, err
	}
	r := &result.Run{
		Rounds: b.rounds, Processes: b.processes, Seconds: b.duration.Seconds(),
		Machine: result.Machine{
			Processor: match("/proc/cpuinfo", `(?m)^model name\s*: (.*)$`),
			Cores:     runtime.NumCPU(),
			Kernel:    match("/proc/sys/kernel/osrelease", `(.*)`),
			Pinning:   b.pinning(),
			Envoy:     first(`version: [^/]*/([^/]*)/`, string(version)),
			Go:        runtime.Version(),
			Commit:    commit(ctx),
			Date:      time.Now().UTC().Format(time.DateOnly),
		},
	}
	kilobytes, err := strconv.Atoi(match("/proc/meminfo", `MemTotal:\s*(\d+) kB`))
	if err != nil {
		return nil, fmt.Errorf("/proc/meminfo: %w", err)
	}
	r.Machine.MemoryMB = kilobytes >> 10
	if r.Machine.LoadBefore = loadAverage(); r.Machine.LoadBefore > busy {
		b.say("the machine is busy, its load average is %.1f: expect a wide spread", r.Machine.LoadBefore)
	}
	for _, v := range b.variants {
		size, err := moduleSize(v, b.modulesOf(v, b.modules))
		if err != nil {
			return nil, err
		}
		r.Variants = append(r.Variants, result.Variant{Name: v.Name, Title: v.Title, Does: string(v.Does), ModuleBytes: size})
	}
	for _, s := range b.scenarios {
		r.Scenarios = append(r.Scenarios, result.Scenario{Name: s.Name, Title: s.Title, Good: s.Good})
	}
	return r, nil
}

// pinning says who has which core.
func (b *bench) pinning() string {
	if len(b.ours) == 0 {
		return "one core for all"
	}
	return fmt.Sprintf("Envoy on core %d; generator and upstream on core %d", b.ours[0], b.theirs[0])
}

// commit is that of the working tree, "" without git.
func commit(ctx context.Context) string {
	out, err := exec.CommandContext(ctx, "git", "describe", "--always", "--dirty=+", "--abbrev=12", "--exclude=*").Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// loadAverage is that of the last minute, 0 if the system does not say.
func loadAverage() float64 {
	n, _ := strconv.ParseFloat(match("/proc/loadavg", `^(\S+)`), 64)
	return n
}

// match is what an expression finds in a file, "" for nothing.
func match(path, expression string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return first(expression, string(text))
}

// first is the first group of an expression, "" for nothing.
func first(expression, text string) string {
	found := regexp.MustCompile(expression).FindStringSubmatch(text)
	if found == nil {
		return ""
	}
	return strings.TrimSpace(found[1])
}
