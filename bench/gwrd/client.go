// SPDX-License-Identifier: Apache-2.0

package gwrd

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// Client sends requests to a server, with its first access key.
type Client struct {
	URL string `json:"url"`
	// ID and Secret are the key, Bearer is the same in one word, for /v1.
	ID     string `json:"id"`
	Secret string `json:"secret"`
	Bearer string `json:"bearer"`
}

// Client is what has the key that the first start made.
func (s *Server) Client() (Client, error) {
	config, err := os.ReadFile(filepath.Join(s.folder, awsConfig))
	if err != nil {
		return Client{}, err
	}
	word, err := os.ReadFile(filepath.Join(s.folder, bearer))
	if err != nil {
		return Client{}, err
	}
	c := Client{URL: s.URL, ID: setting(config, "aws_access_key_id"), Secret: setting(config, "aws_secret_access_key"), Bearer: strings.TrimSpace(string(word))}
	if c.ID == "" || c.Secret == "" {
		return Client{}, fmt.Errorf("%s has no access key", awsConfig)
	}
	return c, nil
}

// setting is the value of a name in a configuration file, "" for none.
func setting(config []byte, name string) string {
	found := regexp.MustCompile(`(?m)^` + name + ` = (\S+)$`).FindSubmatch(config)
	if found == nil {
		return ""
	}
	return string(found[1])
}

// connections are those of a process to servers: as many as it has callers stay open.
var connections = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64, DisableCompression: true}}

// signer signs requests. It keeps what it derives of a key.
var signer = v4.NewSigner()

// Call sends a request of AWS's API, signed, and decodes the answer into out if that is not nil. Any status but one of success is an
// error.
func (c Client) Call(ctx context.Context, method, path string, body []byte, out any) error {
	request, err := http.NewRequestWithContext(ctx, method, c.URL+path, bytes.NewReader(body))
	if err != nil {
		return err
	}
	sum := sha256.Sum256(body)
	credentials := aws.Credentials{AccessKeyID: c.ID, SecretAccessKey: c.Secret}
	if err := signer.SignHTTP(ctx, credentials, request, hex.EncodeToString(sum[:]), "apigateway", "us-east-1", time.Now()); err != nil {
		return err
	}
	return send(request, out)
}

// Get asks /v1 for something, with the bearer key.
func (c Client) Get(ctx context.Context, path string, out any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL+"/v1"+path, http.NoBody)
	if err != nil {
		return err
	}
	request.Header.Set("Authorization", "Bearer "+c.Bearer)
	return send(request, out)
}

// send sends a request and decodes its answer; a *[]byte takes it as it is.
func send(request *http.Request, out any) error {
	answer, err := connections.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return err
	}
	if answer.StatusCode/100 != 2 {
		return fmt.Errorf("%s %s: status %d: %.500s", request.Method, request.URL.Path, answer.StatusCode, text)
	}
	switch out := out.(type) {
	case nil:
		return nil
	case *[]byte:
		*out = text
		return nil
	}
	return json.Unmarshal(text, out)
}
