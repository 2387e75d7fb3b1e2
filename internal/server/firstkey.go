// SPDX-License-Identifier: Apache-2.0

package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"gatewayresponses/internal/auth"
	"gatewayresponses/internal/server/secretfile"
)

// The files that a first start writes, in the folder of the data.
const (
	// AWSConfigFile is what AWS_CONFIG_FILE names: the address of the server and its first key, as a profile.
	AWSConfigFile = "aws-config"
	// BearerFile holds the same key in one word, for /v1.
	BearerFile = "admin-key"
)

// Profile is what tools of AWS call the server.
const Profile = "gwrd"

// FirstKey makes the first key where there is none, and keeps it in files that only their owner reads. It reports whether it did. On
// later starts the file of AWS's tools, if it is still there, gets the address that the server has now.
func (s *Server) FirstKey(ctx context.Context) (made bool, err error) {
	err = s.control.FirstKey(ctx, func(key auth.Credentials) error {
		made = true
		return errors.Join(
			secretfile.Replace(filepath.Join(s.settings.Data, AWSConfigFile), AWSConfig(s.URL(), s.settings.Region, key)),
			secretfile.Replace(filepath.Join(s.settings.Data, BearerFile), []byte(key.Bearer()+"\n")),
		)
	})
	if err == nil && !made {
		err = s.moveConfig()
	}
	return made, err
}

// endpoint is the line of a configuration that says where the server is.
var endpoint = regexp.MustCompile(`(?m)^endpoint_url = .*$`)

// moveConfig writes where the server is into the file of its first start.
func (s *Server) moveConfig() error {
	file := filepath.Join(s.settings.Data, AWSConfigFile)
	text, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	moved := endpoint.ReplaceAllLiteral(text, []byte("endpoint_url = "+s.URL()))
	if bytes.Equal(moved, text) {
		return nil
	}
	return secretfile.Replace(file, moved)
}

// AWSConfig is a configuration file of AWS's tools: they send everything that they do with its profile to the server at a URL, and
// nothing to AWS.
func AWSConfig(url, region string, key auth.Credentials) []byte {
	return fmt.Appendf(nil, `# Written by gwrd: where it is, and an access key. Keep it secret.
[profile %s]
endpoint_url = %s
region = %s
aws_access_key_id = %s
aws_secret_access_key = %s
`, Profile, url, region, key.ID, key.Secret)
}
