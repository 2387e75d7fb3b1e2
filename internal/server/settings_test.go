// SPDX-License-Identifier: Apache-2.0

package server

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Settings)
		want   string
	}{
		{"as it is", func(*Settings) {}, ""},
		{"IPv6", func(s *Settings) { s.HTTP.Address = "[::1]:0" }, ""},
		{"a name of this machine", func(s *Settings) { s.HTTP.Address = "localhost:0" }, ""},
		{"everywhere", func(s *Settings) { s.HTTP.Address = ":8400" }, "--listen :8400 can be reached from other machines; give it a certificate, or say --insecure-listen if something before it speaks TLS"},
		{"everywhere, as said", func(s *Settings) { s.HTTP.Address, s.Insecure = "0.0.0.0:8400", true }, ""},
		{"everywhere with TLS", func(s *Settings) { s.HTTP = Endpoint{Address: "192.0.2.1:8400", Certificate: "c", Key: "k"} }, ""},
		{"everywhere with test credentials", func(s *Settings) {
			s.HTTP = Endpoint{Address: "192.0.2.1:8400", Certificate: "c", Key: "k"}
			s.Dev, s.Insecure = true, true
		}, "--listen 192.0.2.1:8400 can be reached from other machines, and --dev takes credentials that everybody knows; use a loopback address"},
		{"metrics everywhere", func(s *Settings) { s.Ops = ":8402" }, ""},
		{"no address", func(s *Settings) { s.HTTP.Address = "8400" }, `--listen "8400" is no address; it should be like 127.0.0.1:8400`},
		{"half a certificate", func(s *Settings) { s.HTTP.Certificate = "c" }, "a certificate needs its key, and a key its certificate"},
		{"xDS everywhere", func(s *Settings) { s.XDS.Address = ":8401" }, "--xds-listen :8401 can be reached from other machines; give it a certificate"},
		{"xDS for anybody", func(s *Settings) { s.XDS = Endpoint{Address: ":8401", Certificate: "c", Key: "k"} }, "--xds-tls-cert and --xds-client-ca need each other: nodes are known by their certificates"},
		{"xDS everywhere with TLS", func(s *Settings) {
			s.XDS = Endpoint{Address: ":8401", Certificate: "c", Key: "k", ClientCA: "ca"}
		}, ""},
		{"no PostgreSQL", func(s *Settings) { s.Store = "mysql://x" }, `--store "mysql://x" is no address of a PostgreSQL; it should be like postgres://gwrd@db.example.com/gwrd`},
		{"PostgreSQL without a key", func(s *Settings) { s.Store = "postgres://x/y" }, "--store needs --seal-key-file: all servers on one store have the same key, and it is in no backup"},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := testSettings(t)
			test.change(&s)
			got := ""
			if err := s.Check(); err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestSealer(t *testing.T) {
	s := testSettings(t)
	first, err := s.Sealer()
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Sealer()
	if err != nil {
		t.Fatal(err)
	}
	if text, err := again.Open(first.Seal([]byte("x"), "y"), "y"); err != nil || string(text) != "x" {
		t.Errorf("a second start has another key: %q, %v", text, err)
	}
	bad := filepath.Join(s.Data, "bad")
	if err := os.WriteFile(bad, []byte("c2hvcnQ=\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		bad:                              "holds no sealing key: it should be 32 bytes in base64, as of openssl rand -base64 32",
		filepath.Join(s.Data, "nowhere"): "no such file",
	} {
		s.SealKey = file
		if _, err := s.Sealer(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", file, err, want)
		}
	}
}
