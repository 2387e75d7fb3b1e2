// SPDX-License-Identifier: Apache-2.0

//go:build control

package helm

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"gatewayresponses/internal/certtest"
	"gatewayresponses/internal/store/postgrestest"
)

// password is that of gwrd at its PostgreSQL.
const password = "a password"

// database starts a PostgreSQL that asks gwrd for its password, and gives the address of an empty schema.
func database(t *testing.T) string {
	t.Helper()
	// PostgreSQL runs as another user, who may not look into the folder of the test.
	folder, err := os.MkdirTemp("", "gwrd-hba-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	hba := filepath.Join(folder, "pg_hba.conf")
	err = os.WriteFile(hba, []byte("local all postgres trust\nlocal all gwrd scram-sha-256\n"), 0o644)
	if err == nil {
		err = os.Chmod(folder, 0o755)
	}
	if err != nil {
		t.Fatal(err)
	}
	server := postgrestest.Start(t, "hba_file = '"+hba+"'")
	address := server.Schema(t)
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	_, err = conn.Exec(t.Context(), "CREATE ROLE gwrd LOGIN PASSWORD '"+password+"'; GRANT ALL ON SCHEMA test1 TO gwrd")
	if err == nil {
		err = conn.Close(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return strings.Replace(address, "user=postgres", "user=gwrd", 1)
}

// TestPostgres starts two servers on a PostgreSQL as their Deployment says, each behind its migration, and finds the same in both.
func TestPostgres(t *testing.T) {
	made := render(t, "--values", "testdata/gwrd-postgres.values.yaml", "--set-string", "gwrd.postgres.url="+database(t))
	authority := certtest.New(t)
	certificates := t.TempDir()
	authority.Write(certificates, authority.Issue("127.0.0.1"))
	secrets := map[string]string{
		"gwrd-xds":      certificates,
		"gwrd-postgres": secret(t, "password", password),
		"gwrd-seal":     secret(t, "seal.key", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
		"gwrd-oidc":     secret(t, "secret", "of the provider"),
	}
	var key string
	for range 2 {
		p := newPod(t, only(t, "Deployment", made), secrets)
		migrate := p.command(t, p.spec.InitContainers[0])
		if out, err := migrate.CombinedOutput(); err != nil {
			t.Fatalf("%q: %v\n%s", migrate.Args, err, out)
		}
		s := p.start(t)
		container := p.spec.Containers[0]
		s.probe(t, container, container.LivenessProbe)
		s.probe(t, container, container.ReadinessProbe)
		if key == "" {
			key = p.newKey(t)
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.scheme+"://127.0.0.1:"+s.ports[8400]+"/v1/apis", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+key)
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		if err = errors.Join(err, answer.Body.Close()); err != nil || answer.StatusCode != http.StatusOK {
			t.Errorf("the key that one server has made is answered %d, %v\n%s", answer.StatusCode, err, text)
		}
	}
}

// secret is a folder that stands for a secret with one key.
func secret(t *testing.T, key, value string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, key), []byte(value), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

// newKey makes an access key as docs/helm.md says: by a command in the container of the server, to stdout.
func (p *pod) newKey(t *testing.T) string {
	t.Helper()
	inside := p.spec.Containers[0]
	inside.Args = []string{"keys", "create", "alice", "--role=admin", "--form=bearer", "--file=-"}
	for _, arg := range p.spec.Containers[0].Args {
		if flag, _, _ := strings.Cut(arg, "="); flag == "--data" || flag == "--store" || flag == "--seal-key-file" {
			inside.Args = append(inside.Args, arg)
		}
	}
	out, err := p.command(t, inside).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(out))
}
