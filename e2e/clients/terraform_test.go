// SPDX-License-Identifier: Apache-2.0

//go:build control

package clients

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// providerVersion is the version of Terraform's AWS provider that PyPI has.
const providerVersion = "3.39.0"

// terraform runs Terraform in a folder of its own, with the provider from a mirror on disk.
type terraform struct {
	t           *testing.T
	folder      string
	script      string
	environment []string
}

func newTerraform(t *testing.T, g *gwrd) *terraform {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("testdata/terraform")); err != nil {
		t.Fatal(err)
	}
	script, err := filepath.Abs("testdata/terraform.py")
	if err != nil {
		t.Fatal(err)
	}
	return &terraform{t: t, folder: folder, script: script, environment: append(g.environment(t),
		"TF_CLI_CONFIG_FILE="+mirror(t), "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1", "TF_VAR_endpoint="+g.url, "AWS_SDK_LOAD_CONFIG=1")}
}

// mirror gives a configuration file of Terraform that takes the provider from a folder.
func mirror(t *testing.T) string {
	t.Helper()
	// A mirror has each provider as a file of this name.
	mirror := filepath.Join(t.TempDir(), "mirror")
	provider := filepath.Join(mirror, "registry.terraform.io/hashicorp/aws")
	if err := os.MkdirAll(provider, 0o755); err != nil {
		t.Fatal(err)
	}
	archive := "terraform-provider-aws_" + providerVersion + "_linux_amd64.zip"
	if err := os.Symlink(filepath.Join(library(t), "cloudrail/terraform_plugins", archive), filepath.Join(provider, archive)); err != nil {
		t.Fatal(err)
	}
	settings := filepath.Join(t.TempDir(), "terraform.rc")
	if err := os.WriteFile(settings, fmt.Appendf(nil, "provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror), 0o600); err != nil {
		t.Fatal(err)
	}
	return settings
}

// run runs a command of Terraform, wants it to end well, and gives what it printed.
func (tf *terraform) run(args ...string) string {
	tf.t.Helper()
	command := exec.Command("python3", append([]string{tf.script}, args...)...)
	command.Dir, command.Env = tf.folder, tf.environment
	out, err := command.CombinedOutput()
	if err != nil {
		tf.t.Fatalf("terraform %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestTerraform holds that Terraform creates, finds nothing to change afterwards, changes, takes over what is there, and removes.
func TestTerraform(t *testing.T) {
	tf := newTerraform(t, startGwrd(t))
	tf.run("init", "-no-color")
	apply := []string{"apply", "-no-color", "-auto-approve"}
	plan := []string{"plan", "-no-color", "-detailed-exitcode"} // ends well when there is nothing to do
	other := []string{"-var", "throttled=503"}

	tf.run(apply...)
	tf.run(plan...)
	out := tf.run(append(apply, other...)...)
	if !strings.Contains(out, `~ status_code         = "429" -> "503"`) || !strings.Contains(out, "Apply complete!") {
		t.Errorf("another status was applied as:\n%s", out)
	}

	// What Terraform has forgotten is taken over as it is.
	api := strings.TrimSpace(tf.run("output", "-no-color", "-raw", "api"))
	for address, id := range map[string]string{
		"aws_api_gateway_gateway_response.throttled": api + "/THROTTLED",
		"aws_api_gateway_stage.prod":                 api + "/prod",
	} {
		tf.run("state", "rm", "-no-color", address)
		tf.run(append(append([]string{"import", "-no-color"}, other...), address, id)...)
	}
	tf.run(append(plan, other...)...)

	tf.run("destroy", "-no-color", "-auto-approve")
	if out := tf.run("state", "list"); out != "" {
		t.Errorf("after destroy there are:\n%s", out)
	}
}
