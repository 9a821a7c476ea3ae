package publish

// This file owns servers that speak SFTP: the files. See ssh.go for who is let in.

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"sync"

	"github.com/pkg/sftp"
	"golang.org/x/crypto/ssh"

	"photodesk/export"
)

// sftpStore puts files under another name, proves them and renames them.
type sftpStore struct {
	client *sftp.Client
	conn   *ssh.Client
	stop   func() bool // of what closes the connection when the run is cancelled
	dir    string      // the target, without links

	mu   sync.Mutex
	made map[string]error // folders, by name in the target
}

func openSFTP(ctx context.Context, t Target, o Options) (store, error) {
	conn, err := dial(ctx, t, o)
	if err != nil {
		return nil, err
	}
	client, err := sftp.NewClient(conn, sftp.UseConcurrentWrites(true))
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s lets %s in but speaks no SFTP: %w", t.Host, t.User, err), conn.Close())
	}
	s := &sftpStore{client: client, conn: conn, made: map[string]error{}}
	s.stop = context.AfterFunc(ctx, func() { _ = conn.Close() })
	if s.dir, err = s.place(t.Path); err != nil {
		return nil, errors.Join(err, s.close())
	}
	return s, nil
}

// place finds the target on the server. Links on the way to it are the server's business; below it there may be none.
func (s *sftpStore) place(name string) (string, error) {
	if rest, ok := strings.CutPrefix(name, "/~/"); ok {
		home, err := s.client.RealPath(".")
		if err != nil {
			return "", s.explain(err)
		}
		name = path.Join(home, rest)
	}
	st, err := s.client.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return name, nil
	case err != nil:
		return "", s.explain(err)
	case !st.IsDir():
		return "", fmt.Errorf("%s is a file on the server; name a folder", name)
	}
	real, err := s.client.RealPath(name)
	return real, s.explain(err)
}

func (s *sftpStore) at(name string) string { return path.Join(s.dir, name) }

// within refuses a folder below the target that leads elsewhere.
func (s *sftpStore) within(dir string) error {
	for at := dir; at != "" && at != "."; at = path.Dir(at) {
		st, err := s.client.Lstat(s.at(at))
		if err != nil {
			return err
		}
		if !st.IsDir() {
			return fmt.Errorf("%s on the server is no folder but a file or a link; move it away", s.at(at))
		}
	}
	return nil
}

func (s *sftpStore) list(ctx context.Context, dir string) (map[string]entry, error) {
	out := map[string]entry{}
	err := s.within(dir)
	var infos []os.FileInfo
	if err == nil {
		infos, err = s.client.ReadDirContext(ctx, s.at(dir))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	for _, i := range infos {
		out[i.Name()] = entry{i.Size(), i.IsDir()}
	}
	return out, s.explain(err)
}

func (s *sftpStore) read(_ context.Context, name string) ([]byte, error) {
	f, err := s.client.Open(s.at(name))
	if err != nil {
		return nil, s.explain(err)
	}
	defer f.Close()
	data, err := readBounded(f, name)
	return data, s.explain(err)
}

// folder makes a folder of the target, once.
func (s *sftpStore) folder(dir string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err, ok := s.made[dir]; ok {
		return err
	}
	err := s.client.MkdirAll(s.at(dir))
	if err == nil {
		err = s.within(dir)
	}
	s.made[dir] = err
	return err
}

func (s *sftpStore) put(ctx context.Context, f export.ManifestFile, body io.ReadSeeker) error {
	if err := s.folder(path.Dir(f.Path)); err != nil {
		return s.explain(err)
	}
	part := s.at(partOf(f.Path))
	err := s.write(part, f, body)
	if err == nil {
		err = ctx.Err()
	}
	if err == nil {
		err = s.rename(part, s.at(f.Path))
	}
	if err != nil {
		err = s.explain(err) // asks the server how full it is while the part is there
		_ = s.client.Remove(part)
	}
	return err
}

// write sends a file and proves it: pages by reading them back, what is named by its content by its size, since the connection
// itself proves each packet.
func (s *sftpStore) write(part string, f export.ManifestFile, body io.Reader) error {
	if err := s.client.Remove(part); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	w, err := s.client.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL)
	if err != nil {
		return err
	}
	_, err = w.ReadFrom(body)
	if _, can := s.client.HasExtension("fsync@openssh.com"); can && err == nil {
		err = w.Sync()
	}
	if err = errors.Join(err, w.Close()); err != nil {
		return err
	}
	st, err := s.client.Lstat(part)
	if err != nil {
		return err
	}
	if st.Size() != f.Size {
		return fmt.Errorf("it %w: %d bytes of %d; try again", ErrUnproved, st.Size(), f.Size)
	}
	if byContent(f) {
		return nil
	}
	r, err := s.client.Open(part)
	if err != nil {
		return err
	}
	defer r.Close()
	sum, _, err := hashOf(r)
	if err == nil && sum != f.SHA256 {
		err = fmt.Errorf("it %w; try again", ErrUnproved)
	}
	return err
}

// rename puts a file in its place. Servers without OpenSSH's extension can't replace: there it is gone for a moment.
func (s *sftpStore) rename(part, name string) error {
	if _, can := s.client.HasExtension("posix-rename@openssh.com"); can {
		return s.client.PosixRename(part, name)
	}
	if err := s.client.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return s.client.Rename(part, name)
}

func (s *sftpStore) remove(_ context.Context, name string) error {
	if err := s.within(path.Dir(name)); err != nil {
		return s.explain(err)
	}
	return s.explain(s.client.Remove(s.at(name)))
}

func (s *sftpStore) leftovers(names map[string]entry) []string { return parts(names) }

// room asks for the disk of the target, or of the folder that it will be in.
func (s *sftpStore) room(context.Context) (int64, bool) {
	if _, can := s.client.HasExtension("statvfs@openssh.com"); !can {
		return 0, false
	}
	for dir := s.dir; ; dir = path.Dir(dir) {
		if st, err := s.client.StatVFS(dir); err == nil {
			return int64(st.Bavail * st.Frsize), true
		}
		if dir == path.Dir(dir) {
			return 0, false
		}
	}
}

// explain puts a server's answer into words. Most say of a full disk only that something failed.
func (s *sftpStore) explain(err error) error {
	var status *sftp.StatusError
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, fs.ErrPermission):
		return err
	case errors.Is(err, sftp.ErrSSHFxConnectionLost), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, sftp.ErrSSHFxNoConnection):
		return fmt.Errorf("%w: the connection broke; try again, what was sent stays: %w", ErrNoAnswer, err)
	case errors.As(err, &status) && status.FxCode() == sftp.ErrSSHFxFailure:
		if free, ok := s.room(context.Background()); ok && free < 1<<16 {
			return fmt.Errorf("%w: the server's disk is full; make room there and try again: %w", ErrNoSpace, err)
		}
		return fmt.Errorf("the server says no more than that it failed; a full disk, a quota or a folder that can't be written are usual: %w", err)
	}
	return err
}

func (s *sftpStore) close() error {
	s.stop()
	return errors.Join(s.client.Close(), s.conn.Close())
}
