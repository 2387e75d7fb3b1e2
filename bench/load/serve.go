// SPDX-License-Identifier: Apache-2.0

package load

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// Ready is the line that Serve writes when the proxy is warm.
const Ready = "ready"

// unbounded is how long a run without a duration may take.
const unbounded = 10 * time.Minute

// Serve is the generator's side of a conversation. It connects, warms up, writes the line Ready, waits for a line, measures
// and writes the Outcome as a line of JSON. Without a duration it measures until the next line.
func Serve(s Spec, in io.Reader, out io.Writer) error {
	connections, err := dialAll(s)
	defer func() {
		for _, c := range connections {
			c.close()
		}
	}()
	if err != nil {
		return err
	}
	if s.WarmUp > 0 {
		if _, err := run(s, connections, s.WarmUp, nil); err != nil {
			return fmt.Errorf("warming up: %w", err)
		}
	}
	if _, err := fmt.Fprintln(out, Ready); err != nil {
		return err
	}
	lines := bufio.NewReader(in)
	if _, err := lines.ReadString('\n'); err != nil {
		return fmt.Errorf("nobody said when to begin: %w", err)
	}
	duration, stop := s.Duration, (*atomic.Bool)(nil)
	if duration == 0 {
		duration, stop = unbounded, &atomic.Bool{}
		go func() {
			_, _ = lines.ReadString('\n')
			stop.Store(true)
		}()
	}
	measured, err := run(s, connections, duration, stop)
	if err != nil {
		return err
	}
	return json.NewEncoder(out).Encode(measured)
}

// dialAll opens the connections of a run; with an error those that it could open.
func dialAll(s Spec) ([]connection, error) {
	connect := dialHTTP1
	if s.HTTP2 {
		connect = dialHTTP2
	}
	var connections []connection
	for range s.Connections {
		c, err := connect(s)
		if err != nil {
			return connections, err
		}
		connections = append(connections, c)
	}
	return connections, nil
}

// slice is how long connections run before they look whether to stop.
const slice = 100 * time.Millisecond

// run sends requests on all connections for a while, or until stop if that is not nil.
func run(s Spec, connections []connection, duration time.Duration, stop *atomic.Bool) (Outcome, error) {
	recorders := make([]*recorder, len(connections))
	failures := make([]error, len(connections))
	start := time.Now()
	until := start.Add(duration)
	var group sync.WaitGroup
	for i, c := range connections {
		recorders[i] = &recorder{spec: s}
		group.Go(func() {
			if stop == nil {
				failures[i] = c.run(until, recorders[i])
				return
			}
			for again := true; again; again = failures[i] == nil && time.Now().Before(until) && !stop.Load() {
				failures[i] = c.run(time.Now().Add(slice), recorders[i])
			}
		})
	}
	group.Wait()
	for _, err := range failures {
		if err != nil {
			return Outcome{}, err
		}
	}
	return outcome(recorders, time.Since(start))
}
