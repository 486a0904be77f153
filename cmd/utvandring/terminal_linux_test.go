package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// patience is how long a test waits for what must come, on however busy a machine.
const patience = 90 * time.Second

// terminal is the program at a pseudo-terminal, as a person has it. A key is sent
// only when what takes it is there, which expect and appears wait for: while a
// statement runs, the terminal and not the editor reads what is typed. In its folder
// is empty.duckdb, which is faster to open than :memory: to make.
type terminal struct {
	t       *testing.T
	control *os.File
	process *exec.Cmd
	home    string

	mu     sync.Mutex
	screen strings.Builder // all that was written
	seen   int             // how far expect has read
}

func startTerminal(t *testing.T, columns, rows uint16, args ...string) *terminal {
	t.Helper()
	control, err := os.OpenFile("/dev/ptmx", os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	var number uint32
	var unlock int32
	size := [4]uint16{rows, columns}
	for request, argument := range map[uintptr]unsafe.Pointer{
		syscall.TIOCSPTLCK: unsafe.Pointer(&unlock), syscall.TIOCGPTN: unsafe.Pointer(&number), syscall.TIOCSWINSZ: unsafe.Pointer(&size),
	} {
		if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, control.Fd(), request, uintptr(argument)); errno != 0 {
			t.Skip("no pseudo-terminals here: ", errno)
		}
	}
	tty, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", number), os.O_RDWR|syscall.O_NOCTTY, 0)
	if err != nil {
		t.Skip("no pseudo-terminals here: ", err)
	}
	defer tty.Close()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	term := &terminal{t: t, control: control, home: t.TempDir()}
	if err := copyDatabase(preparedEmpty, term.home); err != nil {
		t.Fatal(err)
	}
	// TestMain takes the test binary for the program when it is called so.
	term.process = &exec.Cmd{
		Path: program, Args: append([]string{"utvandring"}, args...), Dir: term.home,
		Env:   append(os.Environ(), "HOME="+term.home, "XDG_STATE_HOME="+term.home, "UTVANDRING_HISTORY=", "TERM=xterm", "NO_COLOR=1", "PAGER=cat", "LANG=C.UTF-8"),
		Stdin: tty, Stdout: tty, Stderr: tty,
		SysProcAttr: &syscall.SysProcAttr{Setsid: true, Setctty: true},
	}
	if err := term.process.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		chunk := make([]byte, 4096)
		for {
			n, err := control.Read(chunk)
			term.mu.Lock()
			term.screen.Write(chunk[:n])
			term.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		term.process.Process.Kill()
		term.process.Wait()
		control.Close()
	})
	return term
}

func (term *terminal) send(keys string) {
	if _, err := term.control.WriteString(keys); err != nil {
		term.t.Fatal(err)
	}
}

// written is all that is on the screen and has left it.
func (term *terminal) written() string {
	term.mu.Lock()
	defer term.mu.Unlock()
	return term.screen.String()
}

// await waits until there is what is meant by what.
func (term *terminal) await(what string, there func() bool) {
	term.t.Helper()
	for deadline := time.Now().Add(patience); !there(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			term.t.Fatalf("no %s after:\n%q", what, term.written()[term.seen:])
		}
	}
}

// expect waits until text has been written, after what was expected before.
func (term *terminal) expect(text string) {
	term.t.Helper()
	term.await(strconv.Quote(text), func() bool {
		i := strings.Index(term.written()[term.seen:], text)
		if i >= 0 {
			term.seen += i + len(text)
		}
		return i >= 0
	})
}

// endless is a statement that runs until it is stopped; appears(endlessFile) waits
// until it runs.
const (
	endless     = "COPY (SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b) TO 'endless.csv'"
	endlessFile = "*endless.csv"
)

// appears waits for a file in the program's folder.
func (term *terminal) appears(pattern string) {
	term.t.Helper()
	term.await(pattern, func() bool {
		found, err := filepath.Glob(filepath.Join(term.home, pattern))
		return err == nil && len(found) > 0
	})
}

// exits waits until the program ends by itself, with a status.
func (term *terminal) exits(status int) {
	term.t.Helper()
	ended := make(chan struct{})
	go func() {
		term.process.Wait()
		close(ended)
	}()
	select {
	case <-ended:
	case <-time.After(patience):
		term.process.Process.Kill()
		term.t.Fatalf("still running after:\n%q", term.written()[term.seen:])
	}
	if got := term.process.ProcessState.ExitCode(); got != status {
		term.t.Errorf("exit status %d, want %d", got, status)
	}
}

const (
	ctrlC = "\x03"
	ctrlD = "\x04"
	keyUp = "\x1b[A"
)
