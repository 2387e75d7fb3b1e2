// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"gatewayresponses/internal/apigateway"
	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/store"
	"gatewayresponses/internal/store/postgres"
	"gatewayresponses/internal/store/postgrestest"
	"gatewayresponses/internal/store/storetest"
)

// The environment of a process that is a replica: the address of its store, and the ids of the APIs that it deploys.
const (
	replicaStore = "GWRD_TEST_REPLICA_STORE"
	replicaAPIs  = "GWRD_TEST_REPLICA_APIS"
)

// TestReplicas: two replicas deploy, PostgreSQL is killed and comes back, then one of them is killed, all on the schema of this version or the
// next one. No deployment that was acknowledged is lost, and whoever asks always gets the documents of Envoys.
func TestReplicas(t *testing.T) {
	if address := os.Getenv(replicaStore); address != "" {
		beReplica(t, address, strings.Split(os.Getenv(replicaAPIs), ","))
		return
	}
	server := postgrestest.Start(t)
	for name, migration := range map[string][]string{"this version": nil, "the next version": storetest.NextVersion} {
		t.Run(name, func(t *testing.T) {
			address := server.Schema(t)
			if _, err := postgres.Migrate(t.Context(), address); err != nil {
				t.Fatal(err)
			}
			for _, statement := range migration {
				run(t, address, statement)
			}
			testReplicas(t, server, address)
		})
	}
}

func testReplicas(t *testing.T, server *postgrestest.Server, address string) {
	w := newWorld(t)
	w.Control = newReplica(t, address)
	ids := make([]string, 6)
	for i := range ids {
		ids[i] = w.api(fmt.Sprintf("api%d", i), "THROTTLED", `{"n":0}`)
		must(w, 0, w.toProd(ids[i]))
		w.bind("shared.example.com", fmt.Sprintf("p%d", i), ids[i])
	}
	own, others := ids[:3], ids[3:]

	other := startReplica(t, address, others)
	here := newDeployer(w.Control, own)
	ctx, stop := context.WithCancel(t.Context())
	var working sync.WaitGroup
	working.Go(func() { here.deploy(ctx, t, nil) })
	working.Go(func() { watchFleets(ctx, t, newReplica(t, address)) })

	other.await(t, others[2], 2)
	server.Stop(t)
	server.Resume(t)
	deployed := other.deployed(others[2])
	other.await(t, others[2], deployed+2)
	other.kill(t)
	before := here.deployed(own[2])
	here.await(t, own[2], before+2)
	stop()
	working.Wait()

	w.awaitNothingDue()
	document := w.read(w.fleetOf(DefaultGateway).Stable)
	if len(document.Routes) != len(ids) {
		t.Fatalf("%d routes, want %d", len(document.Routes), len(ids))
	}
	inForce := map[string]int{}
	for _, route := range document.Routes {
		id, _, _ := strings.Cut(route.Name, "/")
		var n int
		if _, err := fmt.Sscanf(route.GatewayResponses["THROTTLED"].ResponseTemplates["application/json"], `{"n":%d}`, &n); err != nil {
			t.Error(err)
		}
		inForce[id] = n
	}
	for i, id := range ids {
		acknowledged := max(here.deployed(id), other.deployed(id))
		// What was under way when its replica ended may be in force, too.
		if got := inForce[id]; got < acknowledged || got > acknowledged+1 {
			t.Errorf("API %d: deployment %d is in force, and %d was acknowledged", i, got, acknowledged)
		}
	}
	proof, err := w.VerifyAudit(t.Context(), w.by)
	if err != nil {
		t.Error(err)
	}
	t.Logf("deployments %v, %d entries in the audit log", inForce, proof.Entries)
}

// run runs a statement of SQL.
func run(t *testing.T, address, statement string) {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(t.Context())) }()
	if _, err := conn.Exec(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// newReplica is a server on the store at an address, until the test ends.
func newReplica(t *testing.T, address string) *Control {
	t.Helper()
	s, err := postgres.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	c := New(s, Options{Account: "123456789012", Region: "eu-central-1"})
	ctx, stop := context.WithCancel(context.WithoutCancel(t.Context()))
	var running sync.WaitGroup
	running.Go(func() {
		if err := c.Run(ctx); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(func() {
		stop()
		running.Wait()
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return c
}

// deployer deploys APIs, one after the other, each with a number that grows.
type deployer struct {
	*Control
	ids []string
	progress
}

// progress is the number of each API that was acknowledged last.
type progress struct {
	mu      sync.Mutex
	numbers map[string]int
}

func (p *progress) deployed(id string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.numbers[id]
}

func (p *progress) set(id string, n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.numbers[id] = n
}

// await waits until a number was acknowledged.
func (p *progress) await(t *testing.T, id string, n int) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); p.deployed(id) < n; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("deployment %d was acknowledged last, want %d", p.deployed(id), n)
		}
	}
}

func newDeployer(c *Control, ids []string) *deployer {
	return &deployer{Control: c, ids: ids, progress: progress{numbers: map[string]int{}}}
}

// deploy deploys until the context ends. What failed as the store was away is done again.
func (d *deployer) deploy(ctx context.Context, t *testing.T, acknowledge func(id string, n int)) {
	for n := 1; ; n++ {
		for _, id := range d.ids {
			for {
				err := d.deployOne(ctx, id, n)
				if ctx.Err() != nil {
					return
				}
				if err == nil {
					break
				}
				if !errors.Is(err, store.ErrUnavailable) && !errors.Is(err, store.ErrUnknown) {
					t.Errorf("API %s, deployment %d: %v", id, n, err)
					return
				}
			}
			d.set(id, n)
			if acknowledge != nil {
				acknowledge(id, n)
			}
		}
	}
}

func (d *deployer) deployOne(ctx context.Context, id string, n int) error {
	by := Caller{Name: "ann", Rights: auth.Everything()}
	_, err := d.PutGatewayResponse(ctx, by, apigateway.PutGatewayResponseInput{
		RestAPIID: id, ResponseType: "THROTTLED", ResponseTemplates: map[string]string{"application/json": fmt.Sprintf(`{"n":%d}`, n)},
	})
	if err != nil {
		return err
	}
	stage := "prod"
	_, err = d.CreateDeployment(ctx, by, apigateway.CreateDeploymentInput{RestAPIID: id, StageName: &stage})
	return err
}

// watchFleets holds that whoever can read the store finds a document for Envoys, and never an older one than before.
func watchFleets(ctx context.Context, t *testing.T, c *Control) {
	var newest int64
	for ctx.Err() == nil {
		fleets, err := c.Fleets(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case errors.Is(err, store.ErrUnavailable):
		case err != nil || len(fleets) != 1 || len(fleets[0].Stable.Text) == 0 || fleets[0].Stable.Revision < newest:
			t.Errorf("after revision %d: fleets %+v, error %v", newest, fleets, err)
			return
		default:
			newest = fleets[0].Stable.Revision
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// replica is a server in a process of its own.
type replica struct {
	process *exec.Cmd
	heard   sync.WaitGroup
	progress
}

// acknowledged begins the lines of a replica that say what was deployed.
const acknowledged = "deployed "

// beReplica deploys APIs until it is killed, and prints what was acknowledged.
func beReplica(t *testing.T, address string, ids []string) {
	newDeployer(newReplica(t, address), ids).deploy(t.Context(), t, func(id string, n int) {
		if _, err := fmt.Printf("\n%s%s %d\n", acknowledged, id, n); err != nil {
			t.Error(err)
		}
	})
}

func startReplica(t *testing.T, address string, ids []string) *replica {
	t.Helper()
	r := &replica{process: exec.Command(os.Args[0], "-test.run", "^TestReplicas$"), progress: progress{numbers: map[string]int{}}}
	r.process.Env = append(os.Environ(), replicaStore+"="+address, replicaAPIs+"="+strings.Join(ids, ","))
	r.process.Stderr = os.Stderr
	out, err := r.process.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := r.process.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = r.process.Process.Kill() })
	r.heard.Go(func() {
		for lines := bufio.NewScanner(out); lines.Scan(); {
			line, ok := strings.CutPrefix(lines.Text(), acknowledged)
			var id string
			var n int
			if !ok {
				if line != "" {
					t.Logf("the other replica: %s", line)
				}
				continue
			}
			if _, err := fmt.Sscanf(line, "%s %d", &id, &n); err == nil {
				r.set(id, n)
			}
		}
	})
	return r
}

// kill kills the replica as kill -9 does.
func (r *replica) kill(t *testing.T) {
	t.Helper()
	if err := r.process.Process.Kill(); err != nil {
		t.Error(err)
	}
	r.heard.Wait()
	_ = r.process.Wait()
}
