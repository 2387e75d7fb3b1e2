// SPDX-License-Identifier: Apache-2.0

package repotest

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"
)

// The limits of pictures, in bytes: of one, and of all together. Every clone has them.
const (
	maxPicture  = 400_000
	maxPictures = 2_000_000
)

// shown are the addresses of pictures on a page, and the words that stand for each.
var (
	shown = regexp.MustCompile(`(?:src|srcset)="([^"]+\.webp)"`)
	image = regexp.MustCompile(`<img [^>]*>`)
	alt   = regexp.MustCompile(` alt="[^"]{10,}"`)
)

// TestPictures holds that each picture is on a page, light and dark, with words for those who do not see it, and that pictures are small.
func TestPictures(t *testing.T) {
	used := map[string]bool{}
	for path, text := range pages(t) {
		for _, found := range shown.FindAllStringSubmatch(text, -1) {
			file := filepath.Join(filepath.Dir(path), found[1])
			if _, err := os.Stat(file); err != nil {
				t.Errorf("%s shows what is not there: %v", path, err)
			}
			used[file] = true
		}
		for _, element := range image.FindAllString(text, -1) {
			if !alt.MatchString(element) {
				t.Errorf("%s: a picture has no words: %s", path, element)
			}
		}
	}
	files, err := filepath.Glob("../../docs/*/*.webp")
	if err != nil || len(files) == 0 {
		t.Fatalf("no pictures: %v", err)
	}
	var total int64
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
		if info.Size() > maxPicture {
			t.Errorf("%s has %d bytes, at most %d are allowed", file, info.Size(), maxPicture)
		}
		if !used[file] {
			t.Errorf("no page shows %s", file)
		}
	}
	if total > maxPictures {
		t.Errorf("the pictures have %d bytes, at most %d are allowed", total, maxPictures)
	}
}
