// SPDX-License-Identifier: Apache-2.0

//go:build soak

package e2e

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/envoyrun"
)

const (
	// soakReplies is how many replies the filter has to rewrite.
	soakReplies = 1_000_000
	// soakSamples is how often the memory is measured meanwhile.
	soakSamples = 40
	// soakWorkers is how many connections send.
	soakWorkers = 8
	// soakGrowth is how much more memory, in KiB, Envoy may have at the end than after the first quarter.
	soakGrowth = 8 << 10
)

// soakRequests are a reply that is changed in place, and one that has no body and is sent anew.
var soakRequests = []struct {
	path   string
	status int
}{
	{"/rbac", http.StatusForbidden},
	{"/nowhere?q=1", http.StatusNotFound},
}

// TestSoak has the filter rewrite a million replies. The memory of Envoy must not grow once it is warm.
func TestSoak(t *testing.T) {
	envoy := startSoak(t)
	address, err := envoy.Address("gateway")
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	var sizes []int
	for sample := range soakSamples {
		soak(t, "http://"+address, soakReplies/soakSamples)
		sizes = append(sizes, residentSize(t, envoy.PID()))
		t.Logf("%7d replies after %4.0f s: %d KiB", (sample+1)*soakReplies/soakSamples, time.Since(began).Seconds(), sizes[sample])
		if t.Failed() {
			return
		}
	}
	quarter := soakSamples / 4
	early, late := median(sizes[quarter:2*quarter]), median(sizes[3*quarter:])
	if late-early > soakGrowth {
		t.Errorf("Envoy grew from %d to %d KiB (medians of the second and the last quarter), more than %d KiB", early, late, soakGrowth)
	}
}

// startSoak starts Envoy without companion mappers, and without keeping its access log.
func startSoak(t *testing.T) *envoyrun.Envoy {
	t.Helper()
	document, err := os.ReadFile("../config/aws.json")
	if err != nil {
		t.Fatal(err)
	}
	s := envoytest.Gateway(t, string(document))
	s.NoCompanions = true
	config := envoytest.Render(t, s)
	ctx, cancel := context.WithTimeout(t.Context(), envoytest.StartTimeout)
	defer cancel()
	envoy, err := envoyrun.Start(ctx, envoyrun.Command{
		Path: envoytest.EnvoyPath, Config: config, Args: []string{"--concurrency", "1"}, Stderr: os.Stderr,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := envoy.Stop(); err != nil {
			t.Error(err)
		}
	})
	return envoy
}

// soak sends requests, each kind in turn.
func soak(t *testing.T, url string, count int) {
	t.Helper()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: soakWorkers}, Timeout: envoytest.EventTimeout}
	defer client.CloseIdleConnections()
	var group sync.WaitGroup
	for range soakWorkers {
		group.Go(func() {
			for i := range count / soakWorkers {
				r := soakRequests[i%len(soakRequests)]
				if err := soakOnce(client, url+r.path, r.status); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
}

// soakOnce sends one request.
func soakOnce(client *http.Client, url string, status int) error {
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != status || response.Header.Get("X-Amzn-Errortype") == "" {
		return fmt.Errorf("%s: status %d, want %d from the filter", url, response.StatusCode, status)
	}
	return nil
}

// residentSize returns the memory of a process in KiB. It needs Linux.
func residentSize(t *testing.T, pid int) int {
	t.Helper()
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "VmRSS:")
	size, _, _ := strings.Cut(rest, "kB")
	n, err := strconv.Atoi(strings.TrimSpace(size))
	if err != nil {
		t.Fatalf("/proc/%d/status: %v", pid, err)
	}
	return n
}

// median returns the one in the middle.
func median(values []int) int {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
