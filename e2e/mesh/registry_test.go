// SPDX-License-Identifier: Apache-2.0

package mesh

import (
	"testing"

	v1 "github.com/google/go-containerregistry/pkg/v1"
	"github.com/google/go-containerregistry/pkg/v1/empty"
	"github.com/google/go-containerregistry/pkg/v1/mutate"
	"github.com/google/go-containerregistry/pkg/v1/remote"

	"gatewayresponses/e2e/deploytest"
)

// publishIndex pushes the same image as the one of an index.
func publishIndex(t *testing.T, of deploytest.Image) deploytest.Image {
	t.Helper()
	img, err := remote.Image(of.Parse(t))
	if err != nil {
		t.Fatal(err)
	}
	index := mutate.AppendManifests(empty.Index, mutate.IndexAddendum{
		Add:        img,
		Descriptor: v1.Descriptor{Platform: &v1.Platform{OS: "linux", Architecture: "amd64"}},
	})
	to := deploytest.Image{Reference: of.Reference + "-index"}
	if err := remote.WriteIndex(to.Parse(t), index); err != nil {
		t.Fatal(err)
	}
	hash, err := index.Digest()
	if err != nil {
		t.Fatal(err)
	}
	to.Digest = hash.Hex
	return to
}
