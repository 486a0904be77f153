package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"utvandring/engine"
	"utvandring/udf/sqltext"
)

// scriptSource is where statements come from: for messages, and for .read beside
// it. The prompt has no name.
type scriptSource struct {
	name    string
	dir     string
	folder  string // that dir begins from, where .cd went elsewhere
	deep    int    // scripts that are reading this one
	oneLine bool   // a number of the line would tell nothing
}

// The deepest that scripts may read each other: deeper is a loop.
const deepest = 50

func (s *session) runTask(t task) error {
	if t.file != "" {
		return s.runFile(t.file)
	}
	oneLine := !strings.Contains(strings.TrimSpace(t.text), "\n")
	return s.runScript(scriptSource{name: "-c", oneLine: oneLine}, strings.NewReader(t.text))
}

// runFile runs a script. Its errors are reported here; the error returned says
// only that there was one that stops.
func (s *session) runFile(name string) error {
	path := inHome(name)
	if !filepath.IsAbs(path) {
		path = filepath.Join(s.script.dir, path)
		if folder, err := os.Getwd(); err == nil && s.script.folder != "" && folder != s.script.folder && !filepath.IsAbs(path) {
			path = filepath.Join(s.script.folder, path)
		}
	}
	if s.script.deep >= deepest {
		return fmt.Errorf("%s: scripts read each other %d deep: a loop?", path, deepest)
	}
	if err := s.mayUse(path); err != nil && name != "-" {
		return err
	}
	var in io.Reader = s.stdin
	if name != "-" {
		file, err := os.Open(path)
		if err != nil {
			return fmt.Errorf("cannot read script: %w", plainPathError(err))
		}
		defer file.Close()
		if info, err := file.Stat(); err == nil && info.IsDir() {
			return fmt.Errorf("cannot read script: %s is a directory", path)
		}
		in = file
	}
	folder, _ := os.Getwd()
	return s.runScript(scriptSource{name: path, dir: filepath.Dir(path), folder: folder, deep: s.script.deep + 1}, in)
}

// runScript runs statements as they arrive and stops at the first that fails,
// unless .bail is off.
func (s *session) runScript(source scriptSource, in io.Reader) error {
	outer := s.script
	s.script = source
	defer func() { s.script = outer }()
	splitter := sqltext.NewSplitter()
	lines := bufio.NewReaderSize(in, 1<<16)
	for first := true; ; first = false {
		line, err := readLine(lines)
		if err != nil && err != io.EOF {
			return fmt.Errorf("%s: %w", source.name, plainPathError(err))
		}
		if first {
			line = strings.TrimPrefix(line, "\ufeff")
		}
		splitter.Feed(line)
		for {
			piece, ok := splitter.Next()
			if !ok {
				break
			}
			if stop, e := s.runPiece(source, piece); stop {
				return e
			}
		}
		if err == io.EOF {
			_, e := s.runPiece(source, splitter.Rest())
			return e
		}
	}
}

// readLine reads a line with its end, and refuses one that is no text or longer than any
// statement: it would fill the memory.
func readLine(in *bufio.Reader) (string, error) {
	const longest = 1 << 28
	var line []byte
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case bytes.IndexByte(part, 0) >= 0:
			return "", errors.New("has a NUL byte, so it is no script")
		case len(line) > longest:
			return "", fmt.Errorf("has a line of more than %d MB", longest>>20)
		case err != bufio.ErrBufferFull:
			return string(line), err
		}
	}
}

// runPiece runs one statement or dot-command of a script and reports its error.
func (s *session) runPiece(source scriptSource, piece sqltext.Piece) (stop bool, err error) {
	if piece.Text == "" {
		return false, nil
	}
	if s.settings.echo {
		s.echo(piece)
	}
	err = s.run(piece)
	s.sayNotes(source, piece.Line)
	if err != nil {
		s.failed = true
		if s.settings.bail == "off" {
			err = s.aborting(err)
		}
		s.sayError(source, piece.Line, err)
		if s.settings.bail != "off" || errors.Is(err, engine.Interrupted) {
			return true, errSaid
		}
	}
	return s.exitStatus != nil, nil
}

// run runs a statement or a dot-command.
func (s *session) run(piece sqltext.Piece) error {
	if piece.Command {
		return s.command(piece.Text)
	}
	err := s.statement(piece.Text)
	var fault *engine.Fault
	if errors.As(err, &fault) && hasCommandInside(piece.Text) {
		fault.Sentence += " (the statement before a dot-command needs its semicolon)"
	}
	if command, ok := habit(piece.Text); ok && fault != nil {
		fault.Sentence += " (" + command + " is what does that here)"
	}
	return err
}

// hasCommandInside recognises the forgotten semicolon before a dot-command.
func hasCommandInside(statement string) bool {
	tokens := sqltext.Lex(statement)
	for i := 1; i+1 < len(tokens); i++ {
		if tokens[i].Is(".") && strings.HasSuffix(tokens[i-1].Text, "\n") && tokens[i+1].Kind == sqltext.Name {
			return true
		}
	}
	return false
}

func (s *session) echo(piece sqltext.Piece) {
	text := piece.Text
	if !piece.Command {
		text += ";"
	}
	fmt.Fprintln(s.out.standard, text)
}

// plainPathError drops the name of the system call.
func plainPathError(err error) error {
	var path *os.PathError
	if errors.As(err, &path) {
		return fmt.Errorf("%s: %w", path.Path, path.Err)
	}
	return err
}
