// Package refusal is for tests of what cannot be answered.
package refusal

import (
	"strings"
	"testing"
)

// Says fails a test unless err says want; what was asked goes into the message.
func Says(t testing.TB, err error, want string, what ...any) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("%v: %v\nwant %s", what, err, want)
	}
}
