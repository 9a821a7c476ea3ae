package publish

// This file owns Publish: what stands at the target, and the order in which it is changed.

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"photodesk/export"
)

// Options say how to publish.
type Options struct {
	// DryRun looks only: nothing at the target is changed.
	DryRun bool
	// Secret is the password of SFTP's user, the passphrase of its key, or the secret of S3's access key. See Secret.
	Secret string
	// AcceptHost is the fingerprint of a server that may be new; it is known from then on.
	AcceptHost string
	// Progress hears of each step, one at a time; nil hears nothing.
	Progress func(Progress)
}

// Progress says how far it is.
type Progress struct {
	Done, Total int    // files sent and removed
	Path        string // the file that was sent or removed last; "" before the first
}

// File is a file that goes to the target.
type File struct {
	Path string `json:"path"`
	Size int64  `json:"size"` // bytes
}

// Report tells what was done, or after a dry run what would be.
type Report struct {
	Target  string   // as it is written
	Address string   // where the page is opened, or "" where that isn't known
	Sent    []File   // in the order of sending
	Removed []string // of the essay as it was published before
	Kept    int      // files that were there already
	Bytes   int64    // of those sent
}

// workers is how many files are on their way at one time.
const workers = 4

// store is a place that files are put to, under names with slashes. Errors say fs.ErrNotExist where something isn't there.
type store interface {
	// list tells what lies in one of the target's folders, by its name there; "" is the target itself. A folder that isn't there is empty.
	list(ctx context.Context, dir string) (map[string]entry, error)
	// read gives what a file holds.
	read(ctx context.Context, name string) ([]byte, error)
	// put makes a file hold the body, whole and proved or not at all.
	put(ctx context.Context, f export.ManifestFile, body io.ReadSeeker) error
	remove(ctx context.Context, name string) error
	// room is how many bytes are free; false where nobody knows.
	room(ctx context.Context) (int64, bool)
	// leftovers picks out of a listing what put leaves when it is broken off.
	leftovers(names map[string]entry) []string
	close() error
}

// entry is what a listing says.
type entry struct {
	size   int64
	folder bool
}

// maxRead bounds what is read back from a target: pages and manifests.
const maxRead = 64 << 20

// Publish brings the bundle in dir to the target. Whatever fails, and whenever, a page that was published before still works, and the
// next run goes on from there. Errors wrap one of this package's, an *UnknownHostError or a *ChangedHostError.
func Publish(ctx context.Context, dir string, t Target, o Options) (Report, error) {
	if o.Progress == nil {
		o.Progress = func(Progress) {}
	}
	b, err := readBundle(dir)
	if err != nil {
		return Report{}, err
	}
	rep := Report{Target: t.String(), Address: t.address(b), Sent: []File{}, Removed: []string{}}
	if t.Kind == Zip {
		return publishZip(ctx, b, t, o, rep)
	}
	s, err := open(ctx, b, t, o)
	if err != nil {
		return rep, fmt.Errorf("publish to %s: %w", t, cause(ctx, explain(err)))
	}
	defer s.close()
	err = (&publisher{store: s, bundle: b, target: t, Options: o}).run(ctx, &rep)
	if err != nil {
		return rep, fmt.Errorf("publish to %s: %w", t, cause(ctx, explain(err)))
	}
	return rep, nil
}

// cause says that the run was cancelled rather than what broke through that.
func cause(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}

func open(ctx context.Context, b *bundle, t Target, o Options) (store, error) {
	switch t.Kind {
	case Folder:
		return openFolder(b, t)
	case SFTP:
		return openSFTP(ctx, t, o)
	case S3:
		return openS3(t, o)
	}
	return nil, fmt.Errorf("%q is no kind of target", t.Kind)
}

// bundle is what is published.
type bundle struct {
	dir      string
	manifest *export.Manifest
	json     []byte // its bundle.json
}

// readBundle reads and proves a bundle: nothing damaged is published.
func readBundle(dir string) (*bundle, error) {
	v, err := export.Verify(dir)
	if err != nil {
		return nil, err
	}
	if bad := append(v.Missing, v.Changed...); len(bad) > 0 {
		return nil, fmt.Errorf("%s is not as it was exported: %s is missing or changed; export it again", dir, bad[0])
	}
	data, err := os.ReadFile(filepath.Join(dir, export.ManifestName))
	if err != nil {
		return nil, fmt.Errorf("read bundle: %w", err)
	}
	m, err := export.ParseManifest(data, dir)
	if err != nil {
		return nil, err
	}
	if err := within(m.Files, dir); err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(m.Files, func(f export.ManifestFile) bool { return f.Path == indexName }) {
		return nil, fmt.Errorf("%s %w: it has no %s", dir, export.ErrNotBundle, indexName)
	}
	return &bundle{dir, m, data}, nil
}

// body opens a file of the bundle and proves it again: it may be another since.
func (b *bundle) body(f export.ManifestFile) (*os.File, error) {
	file, err := os.Open(filepath.Join(b.dir, filepath.FromSlash(f.Path)))
	if err != nil {
		return nil, err
	}
	sum, n, err := hashOf(file)
	if err == nil {
		_, err = file.Seek(0, io.SeekStart)
	}
	if err == nil && (sum != f.SHA256 || n != f.Size) {
		err = errors.New("it was changed meanwhile; export the bundle again")
	}
	if err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
}

func hashOf(r io.Reader) (sum string, size int64, err error) {
	h := sha256.New()
	size, err = io.Copy(h, r)
	return hex.EncodeToString(h.Sum(nil)), size, err
}

func described(name string, data []byte) export.ManifestFile {
	sum := sha256.Sum256(data)
	return export.ManifestFile{Path: name, Size: int64(len(data)), SHA256: hex.EncodeToString(sum[:])}
}

type publisher struct {
	store
	bundle *bundle
	target Target
	Options

	mu   sync.Mutex
	done Progress
}

// run looks at the target and changes it.
func (p *publisher) run(ctx context.Context, rep *Report) error {
	at, err := p.look(ctx)
	if err != nil {
		return err
	}
	pn, err := p.newPlan(ctx, at)
	if err != nil {
		return err
	}
	for _, stage := range pn.send {
		for _, f := range stage {
			rep.Sent = append(rep.Sent, File{f.Path, f.Size})
			rep.Bytes += f.Size
		}
	}
	rep.Removed = append(rep.Removed, pn.remove...)
	rep.Kept = pn.kept
	if p.DryRun || pn.nothing() {
		return nil
	}
	if free, ok := p.room(ctx); ok && free < rep.Bytes {
		return fmt.Errorf("%w: %d MB are free and %d MB are to be sent; make room there and try again", ErrNoSpace, free/1e6, (rep.Bytes+999999)/1e6)
	}
	return p.carryOut(ctx, pn)
}

// carryOut does what was planned, in the order that keeps the page whole.
func (p *publisher) carryOut(ctx context.Context, pn *plan) error {
	p.done.Total = len(pn.remove)
	for _, stage := range pn.send {
		p.done.Total += len(stage)
	}
	p.Progress(p.done)
	if !bytes.Equal(pn.journal, pn.at.journalJSON) {
		if err := p.putBytes(ctx, journalName, pn.journal); err != nil {
			return err
		}
	}
	for rank, stage := range pn.send {
		if err := p.sendAll(ctx, stage); err != nil {
			return err
		}
		if rank == rankContent {
			if err := p.prove(ctx, stage); err != nil {
				return err
			}
		}
	}
	for _, name := range pn.remove {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := p.remove(ctx, name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("the page is published; remove %s: %w", name, err)
		}
		p.step(name)
	}
	for _, name := range append(pn.leftovers, journalName) {
		if err := p.remove(ctx, name); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("the page is published; remove %s: %w", name, err)
		}
	}
	return nil
}

// sendAll sends files, some at a time; the first that fails ends it.
func (p *publisher) sendAll(ctx context.Context, files []export.ManifestFile) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	for _, f := range files {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := p.send(ctx, f); err != nil {
				return err
			}
			p.step(f.Path)
			return nil
		})
	}
	return group.Wait()
}

func (p *publisher) send(ctx context.Context, f export.ManifestFile) error {
	if f.Path == export.ManifestName {
		return p.putBytes(ctx, f.Path, p.bundle.json)
	}
	body, err := p.bundle.body(f)
	if err != nil {
		return fmt.Errorf("send %s: %w", f.Path, err)
	}
	defer body.Close()
	if err := p.put(ctx, f, body); err != nil {
		return fmt.Errorf("send %s: %w", f.Path, explain(err))
	}
	return nil
}

func (p *publisher) putBytes(ctx context.Context, name string, data []byte) error {
	if err := p.put(ctx, described(name, data), bytes.NewReader(data)); err != nil {
		return fmt.Errorf("send %s: %w", name, explain(err))
	}
	return nil
}

// prove asks the target whether it has what was sent, before a page refers to it.
func (p *publisher) prove(ctx context.Context, files []export.ManifestFile) error {
	found, err := p.listAll(ctx, files)
	if err != nil {
		return err
	}
	for _, f := range files {
		if e, ok := found[f.Path]; !ok || e.folder || e.size != f.Size {
			return fmt.Errorf("%s %w: the target has %d bytes of %d; try again", f.Path, ErrUnproved, e.size, f.Size)
		}
	}
	return nil
}

// step tells that one more is done.
func (p *publisher) step(name string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done.Done++
	p.done.Path = name
	p.Progress(p.done)
}
