// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// adminClient talks to the admin interface only.
var adminClient = &http.Client{Timeout: 5 * time.Second}

// adminFile is where Envoy writes the address of its admin interface.
func (e *Envoy) adminFile() string { return filepath.Join(e.folder, "admin") }

// awaitReady waits until Envoy serves.
func (e *Envoy) awaitReady(ctx context.Context) error {
	ticker := time.NewTicker(pollInterval)
	defer ticker.Stop()
	for !e.ready() {
		select {
		case <-ticker.C:
		case <-e.done:
			return exitError(e.err)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// exitError names the end of a process, which is no error to os/exec when the status is 0.
func exitError(err error) error {
	if err == nil {
		return errors.New("exit status 0")
	}
	return err
}

// ready reports whether Envoy says that it is ready.
func (e *Envoy) ready() bool {
	address, err := os.ReadFile(e.adminFile())
	if err != nil || len(address) == 0 {
		return false
	}
	e.Admin = string(address)
	_, err = e.Ask("/ready")
	return err == nil
}

// Ask gets a page of the admin interface. A status other than 200 is an error.
func (e *Envoy) Ask(page string) ([]byte, error) {
	response, err := adminClient.Get("http://" + e.Admin + page)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return nil, err
	}
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("admin %s: %s: %s", page, response.Status, text)
	}
	return text, nil
}

// Address returns the address of a listener, HOST:PORT.
func (e *Envoy) Address(listener string) (string, error) {
	text, err := e.Ask("/listeners?format=json")
	if err != nil {
		return "", err
	}
	var page struct {
		Statuses []struct {
			Name    string `json:"name"`
			Address struct {
				Socket struct {
					Host string `json:"address"`
					Port int    `json:"port_value"`
				} `json:"socket_address"`
			} `json:"local_address"`
		} `json:"listener_statuses"`
	}
	if err := json.Unmarshal(text, &page); err != nil {
		return "", fmt.Errorf("admin /listeners: %w", err)
	}
	for _, status := range page.Statuses {
		if status.Name == listener {
			return fmt.Sprintf("%s:%d", status.Address.Socket.Host, status.Address.Socket.Port), nil
		}
	}
	return "", fmt.Errorf("envoy has no listener %q", listener)
}
