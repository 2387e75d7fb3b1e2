// SPDX-License-Identifier: Apache-2.0

package cli

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"gatewayresponses/internal/v1client"
)

// The variables of the environment that say where a server is, and with which key.
const (
	serverVariable  = "GWR_SERVER"
	keyVariable     = "GWR_KEY"
	keyFileVariable = "GWR_KEY_FILE"
)

// defaultServer is where gwrd listens unless told otherwise.
const defaultServer = "http://127.0.0.1:8400"

// maxKey is the size of the largest file with a key, in bytes.
const maxKey = 4 << 10

// aboutKey says in the help of commands where the key comes from.
const aboutKey = `The key is the bearer form of an access key, from the file that --key-file or GWR_KEY_FILE names, such as admin-key in the data
folder of gwrd, or from GWR_KEY. It is never an argument, which other users of the machine could read.`

// serverFlags say which server is asked, and with which key.
type serverFlags struct {
	server, keyFile string
	insecure        bool
}

// add gives a command the flags.
func (f *serverFlags) add(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.server, "server", "", "the `url` of the server (default $"+serverVariable+", or "+defaultServer+")")
	f.addKey(cmd)
}

// addKey gives a command the flags about the key.
func (f *serverFlags) addKey(cmd *cobra.Command) {
	cmd.Flags().StringVar(&f.keyFile, "key-file", "", "the `file` with the key (default $"+keyFileVariable+", or the key itself in $"+keyVariable+")")
	cmd.Flags().BoolVar(&f.insecure, "insecure", false, "send the key over plain http to other machines, too")
}

// client is a client of the server.
func (a *app) client(cmd *cobra.Command, f *serverFlags) (*v1client.Client, error) {
	key, err := a.key(cmd, f)
	if err != nil {
		return nil, err
	}
	client, err := v1client.New(cmp.Or(f.server, os.Getenv(serverVariable), defaultServer), key, f.insecure)
	if err != nil {
		return nil, usageOf(cmd, err)
	}
	return client, nil
}

// key reads the key.
func (a *app) key(cmd *cobra.Command, f *serverFlags) (string, error) {
	if f.keyFile == "" {
		if key := os.Getenv(keyVariable); key != "" {
			return strings.TrimSpace(key), nil
		}
	}
	name := cmp.Or(f.keyFile, os.Getenv(keyFileVariable))
	if name == "" {
		return "", usageOf(cmd, errors.New("the key is missing: name its file by --key-file or "+keyFileVariable+", or set "+keyVariable))
	}
	text, err := a.whole(name, maxKey)
	if err != nil {
		return "", err
	}
	key := strings.TrimSpace(string(text))
	if key == "" || strings.ContainsAny(key, "\n\r") {
		return "", unreadable(fmt.Errorf("%s holds no key; the file holds the key alone, in one line", shown(name)))
	}
	return key, nil
}
