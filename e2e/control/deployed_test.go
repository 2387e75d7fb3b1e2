// SPDX-License-Identifier: Apache-2.0

//go:build control

package control

import (
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/apigateway/types"

	"gatewayresponses/e2e/envoytest"
)

const (
	// deployments are how many deployments are timed. They are apart by more than the second within which they would share a revision.
	deployments, apart = 20, 1100 * time.Millisecond
)

// TestDeployed is the whole way: AWS's SDK customises a gateway response and deploys it with a gwrd, and an Envoy, whose configuration comes
// from gwr emit envoy --from, answers so.
func TestDeployed(t *testing.T) {
	g := startGwrd(t)
	client := apigateway.New(apigateway.Options{
		Region: "us-east-1", BaseEndpoint: aws.String("http://" + g.api), Credentials: credentials.NewStaticCredentialsProvider("test", "test", ""),
	})
	api := bindEverywhere(t, client)
	deploy := func(says string) {
		_, err := client.PutGatewayResponse(t.Context(), &apigateway.PutGatewayResponseInput{
			RestApiId: api, ResponseType: types.GatewayResponseTypeMissingAuthenticationToken, StatusCode: aws.String("404"),
			ResponseTemplates: map[string]string{"text/plain": says},
		})
		if err == nil {
			_, err = client.CreateDeployment(t.Context(), &apigateway.CreateDeploymentInput{RestApiId: api, StageName: aws.String("prod")})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	deploy("deployed before Envoy")
	time.Sleep(apart) // the first deployments share a revision
	p := g.startEnvoy(t)
	if got := reply(t, p); got != "deployed before Envoy" {
		t.Errorf("an Envoy that starts replies %q, want what was deployed", got)
	}
	number := 0
	measure := func(what string) {
		timed(t, what, p, deployments, apart, func() (want string) {
			number++
			want = fmt.Sprintf("deployment %d", number)
			deploy(want)
			return want
		})
	}
	measure("from PutGatewayResponse and CreateDeployment, alone")
	startOthers(t, g.xds)
	measure(fmt.Sprintf("from PutGatewayResponse and CreateDeployment, with %d other streams", streams))
}

// bindEverywhere makes an API whose stage prod is bound to every host, and gives its id.
func bindEverywhere(t *testing.T, client *apigateway.Client) *string {
	t.Helper()
	api, err := client.CreateRestApi(t.Context(), &apigateway.CreateRestApiInput{Name: aws.String("pets")})
	if err == nil {
		_, err = client.CreateDeployment(t.Context(), &apigateway.CreateDeploymentInput{RestApiId: api.Id, StageName: aws.String("prod")})
	}
	if err == nil {
		_, err = client.CreateDomainName(t.Context(), &apigateway.CreateDomainNameInput{DomainName: aws.String("*")})
	}
	if err == nil {
		_, err = client.CreateBasePathMapping(t.Context(), &apigateway.CreateBasePathMappingInput{
			DomainName: aws.String("*"), RestApiId: api.Id, Stage: aws.String("prod"),
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	return api.Id
}

// gwrd is a server that runs as a process.
type gwrd struct{ data, api, xds string }

// startGwrd starts dist/gwrd with the test credentials of AWS until the test ends.
func startGwrd(t *testing.T) gwrd {
	t.Helper()
	g := gwrd{filepath.Join(t.TempDir(), "data"), freeAddress(t), freeAddress(t)}
	ops, source := freeAddress(t), t.TempDir()
	// Envoys find the filter where it was built.
	settings := filepath.Join(source, "default", "gateway.json")
	err := os.Mkdir(filepath.Dir(settings), 0o700)
	if err == nil {
		err = os.WriteFile(settings, fmt.Appendf(nil, `{"plugin": {"file": %q}}`, envoytest.PluginPath), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	log := &envoytest.Buffer{}
	command := exec.Command("../../dist/gwrd", "--dev", "--data", g.data, "--source", source, "--listen", g.api, "--xds-listen", g.xds, "--ops-listen", ops)
	command.Stdout, command.Stderr = log, log
	if err := command.Start(); err != nil {
		t.Fatalf("%v; run make build", err)
	}
	t.Cleanup(func() {
		_ = command.Process.Kill()
		_ = command.Wait()
		if t.Failed() {
			t.Logf("the log of gwrd:\n%s", log)
		}
	})
	envoytest.Eventually(t, "gwrd is ready", func() bool {
		answer, err := http.Get("http://" + ops + "/readyz") //nolint:noctx // it answers at once or not at all
		if err != nil {
			return false
		}
		_ = answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	return g
}

// startEnvoy starts an Envoy with the configuration that gwr makes for the server.
func (g gwrd) startEnvoy(t *testing.T) *envoytest.Proxy {
	t.Helper()
	folder := t.TempDir()
	emit := exec.Command("../../dist/gwr", "emit", "envoy", "--from", "http://"+g.api, "--key-file", filepath.Join(g.data, "admin-key"),
		"--server", g.xds, "--metrics", "--prefix", "/api/", "--out", folder)
	if out, err := emit.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	config, err := os.ReadFile(filepath.Join(folder, "envoy.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	anyPort := strings.NewReplacer("port_value: 10000}", "port_value: 0}", "port_value: 9901}", "port_value: 0}")
	return envoytest.StartConfig(t, []byte(anyPort.Replace(string(config))))
}
