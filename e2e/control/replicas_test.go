// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"encoding/base64"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"

	"gatewayresponses/e2e/envoytest"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store/postgrestest"
)

// TestReplicas is two servers on one PostgreSQL, clients that write to both, and an Envoy that knows both. A server is killed amid writes
// and comes back as the next version, PostgreSQL is killed and comes back, then the server that the Envoy is on then is killed and comes
// back as this version. What was acknowledged is there, once, and the Envoy always replies as a document says.
func TestReplicas(t *testing.T) {
	database := postgrestest.Start(t)
	store, seal := database.Schema(t), filepath.Join(t.TempDir(), "seal.key")
	if err := os.WriteFile(seal, base64.StdEncoding.AppendEncode(nil, auth.NewSealKey()), 0o600); err != nil {
		t.Fatal(err)
	}
	this, next := "../../dist/gwrd", nextVersion(t)
	migrate(t, this, store, "0001_records.sql")
	rs := replicas{newReplica(t, store, seal), newReplica(t, store, seal)}
	for _, r := range rs {
		r.run(t, this)
	}
	rs[1].Key = rs[0].KeyFile()
	config := filepath.Join(rs[0].Data, "aws-config")
	clients := []*apigateway.Client{rs[0].client(t, config), rs[1].client(t, config)}
	if _, err := clients[0].CreateDomainName(t.Context(), &apigateway.CreateDomainNameInput{DomainName: aws.String("*")}); err != nil {
		t.Fatal(err)
	}
	writers := []*writer{newWriter(t, "ann", clients[0]), newWriter(t, "bob", clients[1])}
	time.Sleep(apart) // what was made first shares a revision
	p := envoytest.StartConfig(t, rs.config(t))

	rs[rs.killQuietly(t, p)].run(t, this)

	stop, done := make(chan struct{}), make(chan struct{})
	var working, watching sync.WaitGroup
	for _, w := range writers {
		working.Go(func() { w.work(t, stop) })
	}
	var replies, older int
	watching.Go(func() { replies, older = watchReplies(t, p, writers, done) })
	t.Cleanup(watching.Wait)
	t.Cleanup(working.Wait)
	awaitProgress(t, p, "both servers are there", writers...)

	migrate(t, next, store, "0099_next.sql")
	killed, other := rs.killOfEnvoy(t)
	awaitProgress(t, p, "a server was killed", writers[other])
	rs[killed].run(t, next)
	awaitProgress(t, p, "it is back, of the next version", writers...)

	database.Stop(t)
	time.Sleep(time.Second)
	database.Resume(t)
	awaitProgress(t, p, "PostgreSQL was killed and is back", writers...)

	killed, other = rs.killOfEnvoy(t)
	awaitProgress(t, p, "a server was killed", writers[other])
	rs[killed].run(t, this)
	awaitProgress(t, p, "it is back, of this version", writers...)

	close(stop)
	working.Wait()
	begun := time.Now()
	for _, w := range writers {
		w.awaitInForce(t, p, w.last())
	}
	t.Logf("the last deployments are in force %s after they were made", since(begun))
	close(done)
	watching.Wait()
	t.Logf("%d and %d deployments; %d replies, %d of them older than one before", writers[0].last(), writers[1].last(), replies, older)
	for i, r := range rs {
		for _, w := range writers {
			w.checkWritten(t, r.listen, clients[i])
		}
	}
	rs[0].checkAudit(t, writers)
}

// killQuietly kills the server that the Envoy is on while nothing is new: the Envoy is sent nothing by the other one.
func (rs replicas) killQuietly(t *testing.T, p *envoytest.Proxy) (killed int) {
	t.Helper()
	on, other := rs.ofEnvoy(t)
	rs[on].awaitAcknowledged(t)
	const sent = "gwrd_xds_documents_sent_total"
	before, taken := rs[other].metric(t, sent), updates(t, p)
	killed, _ = rs.killOfEnvoy(t)
	rs[other].awaitAcknowledged(t)
	if after, now := rs[other].metric(t, sent), updates(t, p); after != before || now != taken {
		t.Errorf("the other replica sent %d documents, and Envoy took %d, want none", after-before, now-taken)
	}
	return killed
}

// nextVersion builds the server with one migration more.
func nextVersion(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	migration, err := filepath.Abs("testdata/0099_next.sql")
	if err != nil {
		t.Fatal(err)
	}
	place, err := filepath.Abs("../../internal/store/sqlstore/migrations/0099_next.sql")
	if err != nil {
		t.Fatal(err)
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{place: migration}})
	if err != nil {
		t.Fatal(err)
	}
	file, program := filepath.Join(folder, "overlay.json"), filepath.Join(folder, "gwrd")
	if err := os.WriteFile(file, overlay, 0o600); err != nil {
		t.Fatal(err)
	}
	// The flags are those of make build, so that what it has built is used again.
	build := exec.Command("go", "build", "-trimpath", "-ldflags=-s -w", "-overlay", file, "-o", program, "../../cmd/gwrd")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return program
}

// migrate runs gwrd migrate, and holds which migration it ran.
func migrate(t *testing.T, program, store, want string) {
	t.Helper()
	out, err := exec.Command(program, "migrate", "--store", store).CombinedOutput()
	if err != nil || !strings.Contains(string(out), "ran the migration "+want) {
		t.Fatalf("gwrd migrate: %v\n%s, want %s", err, out, want)
	}
}
