package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sort"

	"example.com/attache/attache"
	"example.com/attache/attachev1"
)

// mirror is what matches a filter, kept in a file: an example of applying a watch.
//
// The titles and how far the watch has come are in one file that is replaced as a
// whole, so that after a crash they belong together: nothing is missed, and
// nothing applied twice.
type mirror struct {
	path  string
	state state
	// Held from before a reset, and not sent since.
	stale map[string]bool
}

type state struct {
	Filter   string            `json:"filter"`
	Position *attache.Position `json:"position"`
	Titles   map[string]string `json:"titles"`
}

// openMirror reads the file, unless it is absent or of another filter.
func openMirror(path, filter string) (*mirror, error) {
	m := &mirror{path: path}
	text, err := os.ReadFile(path)
	if err == nil {
		err = json.Unmarshal(text, &m.state)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if m.state.Filter != filter || m.state.Titles == nil {
		m.state = state{Filter: filter, Titles: map[string]string{}}
	}
	return m, err
}

func (m *mirror) apply(step attache.Step) error {
	if step.Reset {
		fmt.Println("reset")
		m.stale = map[string]bool{}
		for id := range m.state.Titles {
			m.stale[id] = true
		}
	}
	for _, change := range step.Changes {
		record := change.TripRecord
		delete(m.stale, record.RecordId)
		if change.Kind == attachev1.TripChange_KIND_REMOVED {
			delete(m.state.Titles, record.RecordId)
			fmt.Printf("- %d %s\n", change.Revision, record.RecordId)
		} else {
			m.state.Titles[record.RecordId] = record.Title
			fmt.Printf("+ %d %s  %s\n", change.Revision, record.RecordId, record.Title)
		}
	}
	if step.Position == nil {
		return nil
	}
	var gone []string
	for id := range m.stale {
		gone = append(gone, id)
	}
	sort.Strings(gone)
	for _, id := range gone {
		delete(m.state.Titles, id)
		fmt.Printf("- %d %s\n", step.Position.Revision, id)
	}
	m.stale = nil
	if m.state.Position != nil && *m.state.Position == *step.Position {
		return nil
	}
	m.state.Position = step.Position
	if err := m.write(); err != nil {
		return err
	}
	fmt.Printf("at %d\n", step.Position.Revision)
	return nil
}

func (m *mirror) write() error {
	text, err := json.Marshal(m.state)
	if err != nil {
		return err
	}
	partial := m.path + ".partial"
	file, err := os.Create(partial)
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(partial, m.path)
}
