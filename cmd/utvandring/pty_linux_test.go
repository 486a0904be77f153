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
// statement runs, the terminal and not the editor reads what is typed.
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

// await waits until there is what is meant by what.
func (term *terminal) await(what string, there func() bool) {
	term.t.Helper()
	for deadline := time.Now().Add(patience); !there(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			term.mu.Lock()
			defer term.mu.Unlock()
			term.t.Fatalf("no %s after:\n%q", what, term.screen.String()[term.seen:])
		}
	}
}

// expect waits until text has been written, after what was expected before.
func (term *terminal) expect(text string) {
	term.t.Helper()
	term.await(strconv.Quote(text), func() bool {
		term.mu.Lock()
		defer term.mu.Unlock()
		i := strings.Index(term.screen.String()[term.seen:], text)
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
		term.mu.Lock()
		defer term.mu.Unlock()
		term.t.Fatalf("still running after:\n%q", term.screen.String()[term.seen:])
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

func TestPrompt(t *testing.T) {
	term := startTerminal(t, 80, 24, ":memory:")
	term.expect(".help")
	term.expect("memory> ")

	term.send("SELECT 40 +\r")
	term.expect("...> ")
	term.send("2 AS answer;\r")
	term.expect("│     42 │")
	term.expect("memory> ")

	term.send(keyUp + "\r") // both lines come back
	term.expect("│     42 │")
	term.expect("memory> ")

	term.send("FROM municipality_ch\t")
	term.expect("municipality_change")
	term.send(ctrlC)
	term.expect("^C")
	term.expect("memory> ")

	term.send("\x1b[200~SELECT 'pasted'\t||\r\n' text' AS p;\rSELECT 'second' AS s;\x1b[201~\r")
	term.expect("│ pasted text │")
	term.expect("│ second │")
	term.expect("memory> ")

	term.send("SELEC 1;\r")
	term.expect("error: syntax error")
	term.expect("memory> ")

	term.send("BEGIN;\r")
	term.expect("memory*> ")
	term.send("ROLLBACK;\r")
	term.expect("memory> ")

	term.send(".maxrows 4\r")
	term.expect("memory> ")
	term.send("FROM range(100000000);\r")
	term.expect("more than 10 000 rows, the first 4 shown; .last shows all")
	term.expect("memory> ")

	term.send(ctrlD)
	term.exits(exitOK)
	path := filepath.Join(term.home, "utvandring", "history")
	history, err := os.ReadFile(path)
	if err != nil || !strings.HasPrefix(string(history), `SELECT 40 +\n2 AS answer;`+"\n") {
		t.Errorf("history: %q %v", history, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("history can be read by others: %v %v", info.Mode(), err)
	}
}

func TestCtrlCStopsQueryNotSession(t *testing.T) {
	term := startTerminal(t, 80, 24, ":memory:")
	term.expect("memory> ")
	term.send(endless + ";\r")
	term.appears(endlessFile)
	term.send(ctrlC)
	term.expect("interrupted")
	term.expect("memory> ")
	term.send("SELECT 'still' || ' here';\r")
	term.expect("still here")
	term.expect("memory> ")
	term.send(ctrlC + ctrlC + ctrlC) // with nothing typed they do nothing either
	term.send("SELECT 'and' || ' now';\r")
	term.expect("and now")
	term.expect("memory> ")
	term.send(".quit 3\r")
	term.exits(3)
}

// A terminal too narrow for any candidate, and keys that nothing is bound to.
func TestNarrowTerminal(t *testing.T) {
	term := startTerminal(t, 9, 4, ":memory:")
	term.expect("memory> ")
	term.send("FROM frequency\t\t\t\x1b[Z\x1b[99;99~\x1bq\x1b[15~")
	term.send(strings.Repeat("x", 100) + "\x01\x05" + keyUp + ctrlC)
	term.expect("^C")
	term.send("SELECT 'ok' || 'ay';\r")
	term.expect("okay")
	term.expect("memory> ")
	term.send(ctrlD)
	term.exits(exitOK)
}

// Ctrl-C in a script at a terminal stops the script, with the statement that ran.
func TestCtrlCStopsScript(t *testing.T) {
	term := startTerminal(t, 80, 24, ":memory:", "-c", ".print begun", "-c", endless, "-c", ".print never")
	term.expect("begun")
	term.appears(endlessFile)
	term.send(ctrlC)
	term.expect("interrupted")
	term.exits(exitFailed)
	if strings.Contains(term.screen.String(), "never") {
		t.Error("the script went on")
	}
}
