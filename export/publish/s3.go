package publish

// This file owns stores that speak S3. An object is put at once or not at all, so it needs no other name on the way.

import (
	"context"
	"crypto/md5" //nolint:gosec // S3's own check of what arrived
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"photodesk/export"
)

type s3 struct {
	client *minio.Client
	target Target
}

func openS3(t Target, o Options) (store, error) {
	id, secret := t.accessKey(), o.Secret
	if id == "" || secret == "" {
		return nil, fmt.Errorf("%w: no access key; set %s and %s, or write its id into the target as in s3://ID@bucket/prefix and keep its secret in the keyring", ErrLogin, envAccessKey, envSecretKey)
	}
	token := ""
	if id == os.Getenv(envAccessKey) {
		token = os.Getenv(envToken)
	}
	secure, host := true, "s3.amazonaws.com"
	if t.Endpoint != "" {
		u, err := url.Parse(t.Endpoint)
		if err != nil {
			return nil, err
		}
		secure, host = u.Scheme == "https", u.Host
	}
	client, err := minio.New(host, &minio.Options{
		Creds: credentials.NewStaticV4(id, secret, token), Secure: secure, Region: t.Region, MaxRetries: 3,
	})
	if err != nil {
		return nil, fmt.Errorf("the endpoint %s: %w", t.Endpoint, err)
	}
	return &s3{client, t}, nil
}

func (s *s3) key(name string) string { return path.Join(s.target.Path, name) }

func (s *s3) list(ctx context.Context, dir string) (map[string]entry, error) {
	prefix := s.key(dir)
	if prefix != "" {
		prefix += "/"
	}
	out := map[string]entry{}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	for o := range s.client.ListObjects(ctx, s.target.Bucket, minio.ListObjectsOptions{Prefix: prefix}) {
		if o.Err != nil {
			return nil, s.explain(o.Err)
		}
		name := strings.TrimPrefix(o.Key, prefix)
		if name == "" { // the folder itself, as some tools make it
			continue
		}
		out[strings.TrimSuffix(name, "/")] = entry{o.Size, strings.HasSuffix(name, "/")}
	}
	return out, nil
}

func (s *s3) read(ctx context.Context, name string) ([]byte, error) {
	o, err := s.client.GetObject(ctx, s.target.Bucket, s.key(name), minio.GetObjectOptions{})
	if err != nil {
		return nil, s.explain(err)
	}
	defer o.Close()
	data, err := readBounded(o, name)
	return data, s.explain(err)
}

func (s *s3) put(ctx context.Context, f export.ManifestFile, body io.ReadSeeker) error {
	sum := md5.New() //nolint:gosec // see above
	if _, err := io.Copy(sum, body); err != nil {
		return err
	}
	if _, err := body.Seek(0, io.SeekStart); err != nil {
		return err
	}
	info, err := s.client.PutObject(ctx, s.target.Bucket, s.key(f.Path), body, f.Size, minio.PutObjectOptions{
		ContentType: mediaType(f.Path), CacheControl: cacheControl(f),
		SendContentMd5: true, DisableMultipart: true, // the store proves what arrives
	})
	if err != nil {
		return s.explain(err)
	}
	// The tag is the content's MD5 but where the store encrypts with keys of its own.
	if tag := strings.Trim(info.ETag, `"`); len(tag) == 32 && tag != hex.EncodeToString(sum.Sum(nil)) {
		stat, err := s.client.StatObject(ctx, s.target.Bucket, s.key(f.Path), minio.StatObjectOptions{})
		if err != nil {
			return s.explain(err)
		}
		if stat.Metadata.Get("X-Amz-Server-Side-Encryption") == "" {
			return fmt.Errorf("it %w; try again", ErrUnproved)
		}
	}
	return nil
}

func (s *s3) remove(ctx context.Context, name string) error {
	return s.explain(s.client.RemoveObject(ctx, s.target.Bucket, s.key(name), minio.RemoveObjectOptions{}))
}

func (s *s3) leftovers(map[string]entry) []string { return nil }

func (s *s3) room(context.Context) (int64, bool) { return 0, false }

func (s *s3) close() error { return nil }

// explain puts a store's answer into words.
func (s *s3) explain(err error) error {
	if err == nil {
		return nil
	}
	var answer minio.ErrorResponse
	if !errors.As(err, &answer) {
		return err
	}
	switch answer.Code {
	case "NoSuchKey":
		return fs.ErrNotExist
	case "NoSuchBucket":
		return fmt.Errorf("there is no bucket %s; make it, or check its name: %w", s.target.Bucket, err)
	case "InvalidAccessKeyId", "SignatureDoesNotMatch", "InvalidToken", "ExpiredToken", "XAdminUserNotFound": // the last is versitygw's
		return fmt.Errorf("%w: check the access key's id and its secret: %w", ErrLogin, err)
	case "AccessDenied", "AllAccessDisabled", "MethodNotAllowed":
		return fmt.Errorf("%w; the access key needs to list the bucket and to get, put and delete objects: %w", ErrDenied, err)
	case "QuotaExceeded", "XMinioStorageFull", "EntityTooLarge":
		return fmt.Errorf("%w: %w", ErrNoSpace, err)
	case "RequestTimeTooSkewed":
		return fmt.Errorf("this machine's clock is wrong; set it and try again: %w", err)
	}
	switch answer.StatusCode {
	case http.StatusInsufficientStorage:
		return fmt.Errorf("%w: %w", ErrNoSpace, err)
	case http.StatusForbidden:
		return fmt.Errorf("%w: %w", ErrDenied, err)
	}
	return err
}
