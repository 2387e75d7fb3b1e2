// SPDX-License-Identifier: Apache-2.0

package helm

import (
	"bufio"
	"context"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	apps "k8s.io/api/apps/v1"
	core "k8s.io/api/core/v1"
	"sigs.k8s.io/yaml"

	"gatewayresponses/internal/certtest"
	"gatewayresponses/internal/waittest"
)

// pod is what a container of a Deployment is started with, on this machine.
type pod struct {
	spec core.PodSpec
	// folder stands for the root of its file system, secrets for what is in the secrets that it mounts.
	folder  string
	secrets map[string]string
}

// newPod makes the folders that a Deployment mounts, with the files of secrets, by their names.
func newPod(t *testing.T, deployment manifest, secrets map[string]string) *pod {
	t.Helper()
	var of apps.Deployment
	if err := yaml.UnmarshalStrict([]byte(deployment.text), &of); err != nil {
		t.Fatal(err)
	}
	p := &pod{of.Spec.Template.Spec, t.TempDir(), secrets}
	for _, volume := range p.spec.Volumes {
		p.fill(t, volume)
	}
	return p
}

// fill makes the folder of a volume, and its files where it is a secret.
func (p *pod) fill(t *testing.T, volume core.Volume) {
	t.Helper()
	to := filepath.Join(p.folder, p.mounted(t, volume.Name))
	if err := os.MkdirAll(to, 0o700); err != nil {
		t.Fatal(err)
	}
	if volume.Secret == nil {
		return
	}
	from, known := p.secrets[volume.Secret.SecretName]
	if !known {
		t.Fatalf("the secret %s is mounted, which the test does not know", volume.Secret.SecretName)
	}
	files, err := os.ReadDir(from)
	if err != nil {
		t.Fatal(err)
	}
	names := map[string]string{}
	for _, file := range files {
		names[file.Name()] = file.Name()
	}
	if len(volume.Secret.Items) > 0 {
		names = map[string]string{}
	}
	for _, item := range volume.Secret.Items {
		names[item.Key] = item.Path
	}
	for key, name := range names {
		text, err := os.ReadFile(filepath.Join(from, key))
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// mounted is where the container of the server has a volume.
func (p *pod) mounted(t *testing.T, volume string) string {
	t.Helper()
	for _, mount := range p.spec.Containers[0].VolumeMounts {
		if mount.Name == volume {
			return mount.MountPath
		}
	}
	t.Fatalf("the volume %s is mounted nowhere", volume)
	return ""
}

// command is how a container is started on this machine: mounted paths lie in the folder, ports are any, and the environment is that of
// the manifest alone.
func (p *pod) command(t *testing.T, of core.Container) *exec.Cmd {
	t.Helper()
	args := append([]string(nil), of.Args...)
	for i, arg := range args {
		for _, mount := range of.VolumeMounts {
			arg = strings.ReplaceAll(arg, "="+mount.MountPath, "="+p.folder+mount.MountPath)
		}
		args[i] = regexp.MustCompile(`(listen)=:\d+$`).ReplaceAllString(arg, "$1=:0")
	}
	if len(of.Command) != 1 {
		t.Fatalf("the command is %q", of.Command)
	}
	program, err := filepath.Abs(filepath.Join(root, "dist", of.Command[0]))
	if err != nil {
		t.Fatal(err)
	}
	command := exec.CommandContext(t.Context(), program, args...)
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.WaitDelay = waittest.Soon
	// Nothing may be written to but what is mounted.
	command.Dir = filepath.Join(p.folder, "root")
	if err := os.MkdirAll(command.Dir, 0o500); err != nil {
		t.Fatal(err)
	}
	command.Env = []string{"TMPDIR=" + command.Dir}
	for _, variable := range of.Env {
		value := variable.Value
		if from := variable.ValueFrom; from != nil {
			text, err := os.ReadFile(filepath.Join(p.secrets[from.SecretKeyRef.Name], from.SecretKeyRef.Key))
			if err != nil {
				t.Fatal(err)
			}
			value = string(text)
		}
		command.Env = append(command.Env, variable.Name+"="+value)
	}
	return command
}

// greeting is the line in which gwrd says where it listens.
var greeting = regexp.MustCompile(`AWS's API on (https?)://[^ ,]*:(\d+), xDS on [^ ,]*:(\d+), health and metrics on http://[^ ,]*:(\d+)`)

// server is a gwrd that runs.
type server struct {
	scheme string
	// ports are those of this machine, by the ports of the container.
	ports map[int32]string
	log   *waittest.Text
}

// start starts the server of a pod until the test ends.
func (p *pod) start(t *testing.T) *server {
	t.Helper()
	command := p.command(t, p.spec.Containers[0])
	s := &server{log: &waittest.Text{}}
	command.Stderr = s.log
	out, err := command.StdoutPipe()
	if err == nil {
		err = command.Start()
	}
	if err != nil {
		t.Fatalf("%v; run make build", err)
	}
	t.Cleanup(func() {
		_ = command.Process.Signal(syscall.SIGTERM) // it may be gone
		_ = command.Wait()                          // ends by the signal
		if t.Failed() {
			t.Logf("the log of gwrd:\n%s", s.log)
		}
	})
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if found := greeting.FindStringSubmatch(lines.Text()); found != nil {
			s.scheme = found[1]
			s.ports = map[int32]string{8400: found[2], 8401: found[3], 8402: found[4]}
			return s
		}
	}
	t.Fatalf("gwrd %q ended before it said where it listens", command.Args)
	return nil
}

// probe asks what a probe of the container asks.
func (s *server) probe(t *testing.T, of core.Container, probe *core.Probe) {
	t.Helper()
	var port int32
	for _, p := range of.Ports {
		if p.Name == probe.HTTPGet.Port.StrVal {
			port = p.ContainerPort
		}
	}
	at := (&url.URL{Scheme: "http", Host: net.JoinHostPort("127.0.0.1", s.ports[port]), Path: probe.HTTPGet.Path}).String()
	waittest.Until(t, at+" answers 200", func() bool {
		status, _ := get(t, http.DefaultClient, at)
		return status == http.StatusOK
	})
}

// get is what a URL answers; 0 when nobody does.
func get(t *testing.T, client *http.Client, at string) (status int, body string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := client.Do(request)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err.Error()
	}
	return answer.StatusCode, string(text)
}

// TestSQLite starts the server as its Deployment says, with a volume of its own, and asks what Kubernetes, Envoys and people ask of it.
func TestSQLite(t *testing.T) {
	made := manifests(t, option(t, "gwrd-sqlite"))
	authority := certtest.New(t)
	secret := t.TempDir()
	authority.Write(secret, authority.Issue("127.0.0.1", "localhost"))
	p := newPod(t, only(t, "Deployment", made), map[string]string{"gwrd-api": secret, "gwrd-xds": secret})
	s := p.start(t)
	container := p.spec.Containers[0]
	s.probe(t, container, container.LivenessProbe)
	s.probe(t, container, container.ReadinessProbe)
	checkPorts(t, only(t, "Service", made), container)

	trusting := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: authority.Pool()}}}
	if status, body := get(t, trusting, s.scheme+"://127.0.0.1:"+s.ports[8400]+"/v1/apis"); status != http.StatusUnauthorized || s.scheme != "https" {
		t.Errorf("the API answers %s %d to who has no key: %s", s.scheme, status, body)
	}
	for _, certificates := range [][]tls.Certificate{nil, {authority.Issue("spiffe://example.com/edge")}} {
		err := shakeHands("127.0.0.1:"+s.ports[8401], &tls.Config{RootCAs: authority.Pool(), Certificates: certificates, NextProtos: []string{"h2"}})
		if (err == nil) != (len(certificates) > 0) {
			t.Errorf("an Envoy with %d certificates: %v", len(certificates), err)
		}
	}
	if files, err := os.ReadDir(p.folder + "/var/lib/gwrd"); err != nil || len(files) < 4 {
		t.Errorf("the volume has %v, %v", files, err)
	}
	if files, err := os.ReadDir(filepath.Join(p.folder, "root")); err != nil || len(files) > 0 {
		t.Errorf("beside what is mounted it wrote %v, %v", files, err)
	}
	if !strings.Contains(s.log.String(), `{"time":`) {
		t.Errorf("the log is no JSON:\n%s", s.log)
	}
}

// shakeHands connects, and reads until the server has judged the certificate of the client.
func shakeHands(address string, config *tls.Config) error {
	conn, err := tls.Dial("tcp", address, config)
	if err != nil {
		return err
	}
	defer conn.Close()
	if err := conn.SetReadDeadline(time.Now().Add(waittest.Soon)); err != nil {
		return err
	}
	if _, err = conn.Write([]byte("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00")); err != nil {
		return err
	}
	_, err = conn.Read(make([]byte, 1))
	return err
}

// checkPorts: the Service leads to ports that the container has, and these are those that it listens on.
func checkPorts(t *testing.T, service manifest, container core.Container) {
	t.Helper()
	var of core.Service
	if err := yaml.UnmarshalStrict([]byte(service.text), &of); err != nil {
		t.Fatal(err)
	}
	ports := map[string]int32{}
	for _, port := range container.Ports {
		ports[port.Name] = port.ContainerPort
		flag := map[string]string{"api": "--listen", "xds": "--xds-listen", "ops": "--ops-listen"}[port.Name]
		if want := fmt.Sprintf("%s=:%d", flag, port.ContainerPort); !strings.Contains(strings.Join(container.Args, "\n"), want) {
			t.Errorf("the port %s has no %s in %q", port.Name, want, container.Args)
		}
	}
	for _, port := range of.Spec.Ports {
		if ports[port.TargetPort.StrVal] != port.Port {
			t.Errorf("the port %s of the Service leads to %s, which is %d", port.Name, port.TargetPort.StrVal, ports[port.TargetPort.StrVal])
		}
	}
	if len(ports) != 3 || len(of.Spec.Ports) != 2 {
		t.Errorf("the container has the ports %v, the Service %v", ports, of.Spec.Ports)
	}
}

// TestFlags: all flags that the options give gwrd are flags that it has.
func TestFlags(t *testing.T) {
	help, err := exec.CommandContext(t.Context(), root+"/dist/gwrd", "--help").Output()
	if err != nil {
		t.Fatalf("%v; run make build", err)
	}
	checked := 0
	for _, name := range options(t) {
		for _, m := range manifests(t, option(t, name)) {
			if m.kind() != "Deployment" {
				continue
			}
			var of apps.Deployment
			if err := yaml.UnmarshalStrict([]byte(m.text), &of); err != nil {
				t.Fatal(err)
			}
			for _, arg := range of.Spec.Template.Spec.Containers[0].Args {
				flag, _, _ := strings.Cut(arg, "=")
				checked++
				if !strings.Contains(string(help), "  "+flag+" ") {
					t.Errorf("%s: gwrd has no flag %s", name, flag)
				}
			}
		}
	}
	if checked < 20 {
		t.Errorf("%d flags were checked, want at least 20", checked)
	}
}
