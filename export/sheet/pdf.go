package sheet

// This file owns the PDF itself (ISO 32000-1): objects, streams and the order they are written in. Nothing in it depends on a
// clock or a map's order, so that the same sheet is the same bytes.

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf16"
)

// ref is an object's number.
type ref int

func (r ref) String() string { return fmt.Sprintf("%d 0 R", int(r)) }

// pdf collects objects. The first is the catalogue, the second the page tree.
type pdf struct {
	objects [][]byte
	pages   []ref
}

func newPDF() *pdf { return &pdf{objects: make([][]byte, 2)} }

func (p *pdf) add(body string) ref {
	p.objects = append(p.objects, []byte(body))
	return ref(len(p.objects))
}

// stream adds data as it is, with further entries of its dictionary.
func (p *pdf) stream(entries string, data []byte) ref {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<<%s/Length %d>>\nstream\n", entries, len(data))
	b.Write(data)
	b.WriteString("\nendstream")
	p.objects = append(p.objects, b.Bytes())
	return ref(len(p.objects))
}

// packed adds data compressed.
func (p *pdf) packed(entries string, data []byte) (ref, error) {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		return 0, err
	}
	if err := w.Close(); err != nil {
		return 0, err
	}
	return p.stream(entries+"/Filter/FlateDecode", b.Bytes()), nil
}

// bytes writes the file: header, objects, table of their places, trailer. The binary comment tells tools that it is no text.
func (p *pdf) bytes(title, lang string) []byte {
	var kids strings.Builder
	for _, page := range p.pages {
		fmt.Fprintf(&kids, "%v ", page)
	}
	language := ""
	if lang != "" {
		language = "/Lang" + text(lang)
	}
	p.objects[0] = []byte("<</Type/Catalog/Pages 2 0 R/ViewerPreferences<</DisplayDocTitle true>>" + language + ">>")
	p.objects[1] = fmt.Appendf(nil, "<</Type/Pages/Count %d/Kids[%s]>>", len(p.pages), kids.String())
	info := p.add("<</Title" + text(title) + "/Producer(Photodesk)>>")
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	places := make([]int, len(p.objects))
	for i, o := range p.objects {
		places[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(places)+1)
	for _, at := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<</Size %d/Root 1 0 R/Info %v>>\nstartxref\n%d\n%%%%EOF\n", len(places)+1, info, start)
	return out.Bytes()
}

// text is a string in any script: UTF-16 with its mark (7.9.2.2), in hexadecimal.
func text(s string) string { return "<FEFF" + hexUTF16(s) + ">" }

func hexUTF16(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String()
}

// num writes a number with at most three decimals.
func num(v float64) string {
	s := strconv.FormatFloat(v, 'f', 3, 64)
	s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	if s == "-0" {
		return "0"
	}
	return s
}
