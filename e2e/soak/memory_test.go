// SPDX-License-Identifier: Apache-2.0

//go:build soak

package soak

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"testing"
	"time"
)

// sample is the memory of a process at a time, and how many requests it had answered by then.
type sample struct {
	seconds, requests, kibibytes float64
}

// memory is what was measured after the warm-up.
type memory []sample

// watch measures the memory of Envoy while clients send, and ends them.
func watch(t *testing.T, pid int, c *clients, long time.Duration) (memory, outcome) {
	t.Helper()
	time.Sleep(time.Duration(float64(long) * warmUp))
	begun := time.Now()
	var m memory
	for range samples {
		time.Sleep(time.Duration(float64(long) * (1 - warmUp) / samples))
		m = append(m, sample{time.Since(begun).Seconds(), float64(c.requests.Load()), residentSize(t, pid)})
	}
	return m, c.finish()
}

// residentSize returns the memory of a process in KiB. It needs Linux.
func residentSize(t *testing.T, pid int) float64 {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`VmRSS:\s*(\d+) kB`).FindSubmatch(text)
	if found == nil {
		t.Fatalf("/proc/%d/status has no VmRSS", pid)
	}
	size, err := strconv.ParseFloat(string(found[1]), 64)
	if err != nil {
		t.Fatal(err)
	}
	return size
}

func (m memory) first() int { return int(m[0].kibibytes) }

func (m memory) last() int { return int(m[len(m)-1].kibibytes) }

// perHour is the slope in KiB.
func (m memory) perHour() float64 {
	return 3600 * m.slope(func(s sample) float64 { return s.seconds })
}

// perMillionRequests is the slope in KiB.
func (m memory) perMillionRequests() float64 {
	return 1e6 * m.slope(func(s sample) float64 { return s.requests })
}

// rise is by how many KiB the line through all samples rises from the first to the last.
func (m memory) rise() float64 { return m.perHour() / 3600 * (m[len(m)-1].seconds - m[0].seconds) }

// slope is that of the line through all samples over what x takes from each, by least squares.
func (m memory) slope(x func(sample) float64) float64 {
	var meanX, meanY float64
	for _, s := range m {
		meanX += x(s) / float64(len(m))
		meanY += s.kibibytes / float64(len(m))
	}
	var covariance, variance float64
	for _, s := range m {
		covariance += (x(s) - meanX) * (s.kibibytes - meanY)
		variance += (x(s) - meanX) * (x(s) - meanX)
	}
	return covariance / variance
}
