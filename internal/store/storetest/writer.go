// SPDX-License-Identifier: Apache-2.0

package storetest

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"gatewayresponses/internal/store"
)

// counter is the record that a Count counts up.
var counter = store.Key{Kind: "counter", Name: "c"}

// Count makes a change of three parts: it counts up a record, adds one of that number, and appends to a log. It gives the number.
func Count(ctx context.Context, s store.Store) (int64, error) {
	var number int64
	err := s.Change(ctx, func(w store.Writer) error {
		record, err := w.Get(counter)
		switch {
		case errors.Is(err, store.ErrNotFound):
			record = store.Record{Key: counter, Body: []byte("0")}
			err = w.Insert(record)
			record.Version = 1
		case err != nil:
			return err
		}
		count, atoi := strconv.ParseInt(string(record.Body), 10, 64)
		number = count + 1
		record.Body = strconv.AppendInt(nil, number, 10)
		_, appended := w.Append("counted", record.Body)
		return errors.Join(err, atoi, appended, w.Update(record),
			w.Insert(store.Record{Key: store.Key{Kind: "counted", Name: fmt.Sprintf("%08d", number)}, Body: []byte(strings.Repeat("x", 300))}))
	})
	return number, err
}

// Counted holds that all parts of all counts are there or none, and gives the last number.
func Counted(t testing.TB, s store.Store) int64 {
	t.Helper()
	var last int64
	view(t, s, func(r store.Reader) error {
		record, err := r.Get(counter)
		if errors.Is(err, store.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if last, err = strconv.ParseInt(string(record.Body), 10, 64); err != nil {
			return err
		}
		same(t, "version of the counter", record.Version, last+1)
		records, err := r.All("counted")
		same(t, "records", int64(len(records)), last)
		if err != nil {
			return err
		}
		entries, err := r.Log("counted", 0, 0)
		same(t, "entries", int64(len(entries)), last)
		for i, entry := range entries {
			if entry.Number != int64(i)+1 || string(entry.Body) != strconv.Itoa(i+1) {
				t.Fatalf("entry %d has number %d and body %s", i, entry.Number, entry.Body)
			}
		}
		return err
	})
	return last
}

// writerEnv names what a process of the test is to write to.
const writerEnv = "GWRD_TEST_WRITER"

// RunWriter counts in the store that a parent has named, until it is killed, and prints each number that was acknowledged. Without such a parent it returns. It is for TestMain.
func RunWriter(open func(context.Context, string) (store.Store, error)) {
	name := os.Getenv(writerEnv)
	if name == "" {
		return
	}
	s, err := open(context.Background(), name)
	for err == nil {
		var number int64
		if number, err = Count(context.Background(), s); err == nil {
			_, err = fmt.Println(number)
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// Writer is a process that counts in a store.
type Writer struct {
	process *exec.Cmd
	// Numbers are those that were acknowledged.
	Numbers <-chan int64
}

// StartWriter starts this test's program again, as one that counts in the store of a name.
func StartWriter(t testing.TB, name string) Writer {
	t.Helper()
	command := exec.Command(os.Args[0])
	command.Env = append(os.Environ(), writerEnv+"="+name)
	command.Stderr = os.Stderr
	out, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	numbers := make(chan int64, 1<<16)
	go readNumbers(out, numbers)
	return Writer{process: command, Numbers: numbers}
}

// readNumbers reads lines with a number; the last may be half there when the process was killed.
func readNumbers(out io.Reader, numbers chan<- int64) {
	defer close(numbers)
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		if number, err := strconv.ParseInt(strings.TrimSpace(line), 10, 64); err == nil {
			numbers <- number
		}
	}
}

// Await waits for the next number.
func (w Writer) Await(t testing.TB) int64 {
	t.Helper()
	select {
	case number, ok := <-w.Numbers:
		if !ok {
			t.Fatal("the writer has ended")
		}
		return number
	case <-time.After(3 * patience):
		t.Fatal("the writer writes nothing")
	}
	return 0
}

// Kill kills the process as kill -9 does, and gives the numbers that were acknowledged since the last Await.
func (w Writer) Kill(t testing.TB) []int64 {
	t.Helper()
	if err := w.process.Process.Kill(); err != nil {
		t.Error(err)
	}
	var rest []int64
	for number := range w.Numbers {
		rest = append(rest, number)
	}
	_ = w.process.Wait()
	return rest
}
