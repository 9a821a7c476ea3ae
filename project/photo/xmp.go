package photo

// This file owns XMP (ISO 16684-1): a packet is read as the RDF that it is, in whichever of RDF's spellings.

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strings"
)

const (
	nsRDF       = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
	nsXML       = "http://www.w3.org/XML/1998/namespace"
	nsDC        = "http://purl.org/dc/elements/1.1/"
	nsPhotoshop = "http://ns.adobe.com/photoshop/1.0/"
	nsRights    = "http://ns.adobe.com/xap/1.0/rights/"
	nsExif      = "http://ns.adobe.com/exif/1.0/"
	nsIptcCore  = "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"
	nsIptcExt   = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
	nsPlus      = "http://ns.useplus.org/ldf/xmp/1.0/"
	nsPrism     = "http://prismstandard.org/namespaces/" // several versions follow

	langDefault = "x-default"
)

// xmpFields maps properties to fields. Where two properties feed one field, the earlier in parseXMP's list wins.
var xmpFields = []struct{ ns, name, field string }{
	{nsDC, "description", fieldCaption},
	{nsPhotoshop, "CaptionWriter", fieldCaptionWriter},
	{nsDC, "creator", fieldByline},
	{nsPhotoshop, "AuthorsPosition", fieldBylineTitle},
	{nsPhotoshop, "Credit", fieldCredit},
	{nsPhotoshop, "Source", fieldSource},
	{nsDC, "rights", fieldCopyright},
	{nsPhotoshop, "Headline", fieldHeadline},
	{nsDC, "title", fieldTitle},
	{nsPhotoshop, "City", fieldCity},
	{nsPhotoshop, "State", fieldState},
	{nsPhotoshop, "Country", fieldCountry},
	{nsPhotoshop, "Instructions", fieldInstructions},
	{nsRights, "UsageTerms", fieldUsageTerms},
	{nsPlus, "OtherConstraints", fieldUsageTerms},
	{nsIptcCore, "AltTextAccessibility", fieldAltText},
	{nsIptcCore, "ExtDescrAccessibility", fieldDescription},
	{nsIptcExt, "DigitalSourceType", fieldSourceType},
	{nsDC, "subject", fieldKeywords},
	{nsPhotoshop, "DateCreated", fieldTakenAt},
	{nsExif, "DateTimeOriginal", fieldTakenAt},
	{nsPrism, "embargoDate", fieldEmbargo},
	{nsPlus, "LicenseStartDate", fieldEmbargo},
	{nsPrism, "expirationDate", fieldExpires},
	{nsPlus, "LicenseEndDate", fieldExpires},
}

// xmpValue is one value of a property; a list has several, a language alternative labels them.
type xmpValue struct{ text, lang string }

type xmpName struct{ ns, name string }

// xmpProperties are the top-level properties of a packet.
type xmpProperties map[xmpName][]xmpValue

// parseXMP reads the readings of a packet and whether it says where the photo was taken. A broken packet gives what came
// before the break, with the error.
func parseXMP(packet []byte) (found []Reading, gps bool, err error) {
	props, err := xmpProps(packet)
	seen := map[string]bool{}
	for _, f := range xmpFields {
		values := props.find(f.ns, f.name)
		if len(values) == 0 || seen[f.field] {
			continue
		}
		for _, v := range fieldValues(f.field, values) {
			found = append(found, Reading{Field: f.field, Origin: OriginXMP, Value: v.text, Lang: v.lang})
			seen[f.field] = true
		}
	}
	gps = len(props[xmpName{nsExif, "GPSLatitude"}]) > 0
	return found, gps, err
}

func (p xmpProperties) find(ns, name string) []xmpValue {
	if ns != nsPrism {
		return p[xmpName{ns, name}]
	}
	for n, v := range p {
		if n.name == name && strings.HasPrefix(n.ns, nsPrism) {
			return v
		}
	}
	return nil
}

// fieldValues cleans a property's values and folds them as the field wants: several creators are one byline.
func fieldValues(field string, values []xmpValue) []xmpValue {
	var out []xmpValue
	for _, v := range values {
		v.text = cleanText(undoDouble(v.text))
		switch field {
		case fieldTakenAt, fieldEmbargo, fieldExpires:
			if !isoDate.MatchString(v.text) {
				continue
			}
		case fieldCaption:
			if boilerplate(v.text) {
				continue
			}
		}
		if v.text != "" {
			out = append(out, v)
		}
	}
	if field == fieldByline && len(out) > 1 {
		names := make([]string, len(out))
		for i, v := range out {
			names[i] = v.text
		}
		out = []xmpValue{{text: strings.Join(names, ", ")}}
	}
	return out
}

var isoDate = regexp.MustCompile(`^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$`)

// element is a node of the packet's XML.
type element struct {
	name     xml.Name
	attrs    []xml.Attr
	children []*element
	text     strings.Builder
}

const (
	xmpDepth    = 40     // deeper nesting than any schema has
	xmpElements = 50_000 // more elements than Photoshop's longest histories
)

// parseXML builds the tree. What was read before an error is returned with it.
func parseXML(packet []byte) (*element, error) {
	dec := xml.NewDecoder(bytes.NewReader(bytes.TrimRight(packet, "\x00 \t\r\n")))
	dec.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(charset), "utf-8") {
			return in, nil
		}
		return nil, fmt.Errorf("xmp in %s", charset)
	}
	root := &element{}
	stack := []*element{root}
	for n := 0; ; {
		tok, err := dec.Token()
		if err == io.EOF {
			return root, nil
		}
		if err != nil {
			return root, fmt.Errorf("read xmp: %w", err)
		}
		top := stack[len(stack)-1]
		switch t := tok.(type) {
		case xml.StartElement:
			if n++; n > xmpElements || len(stack) > xmpDepth {
				return root, fmt.Errorf("read xmp: more than %d elements or %d levels", xmpElements, xmpDepth)
			}
			e := &element{name: t.Name, attrs: t.Attr}
			top.children = append(top.children, e)
			stack = append(stack, e)
		case xml.EndElement:
			stack = stack[:len(stack)-1]
		case xml.CharData:
			top.text.Write(t)
		}
	}
}

// xmpProps reads every rdf:Description of a packet.
func xmpProps(packet []byte) (xmpProperties, error) {
	root, err := parseXML(packet)
	props := xmpProperties{}
	var walk func(*element)
	walk = func(e *element) {
		for _, c := range e.children {
			if c.is("RDF") {
				for _, d := range c.children {
					props.addDescription(d)
				}
			} else {
				walk(c)
			}
		}
	}
	walk(root)
	return props, err
}

func (e *element) is(rdfName string) bool { return e.name.Space == nsRDF && e.name.Local == rdfName }

func (e *element) attr(ns, name string) (string, bool) {
	for _, a := range e.attrs {
		if a.Name.Space == ns && a.Name.Local == name {
			return a.Value, true
		}
	}
	return "", false
}

// addDescription takes properties written as attributes and as elements. The first statement of a property stands.
func (p xmpProperties) addDescription(d *element) {
	for _, a := range d.attrs {
		if a.Name.Space == "" || a.Name.Space == "xmlns" || a.Name.Space == nsXML || a.Name.Space == "xml" || a.Name.Space == nsRDF {
			continue
		}
		p.add(xmpName{a.Name.Space, a.Name.Local}, []xmpValue{{text: a.Value}})
	}
	for _, c := range d.children {
		p.add(xmpName{c.name.Space, c.name.Local}, c.values())
	}
}

func (p xmpProperties) add(n xmpName, v []xmpValue) {
	if len(p[n]) == 0 && len(v) > 0 {
		p[n] = v
	}
}

// values reads a property element: a list, a qualified value, a resource, or plain text. Structures have none.
func (e *element) values() []xmpValue {
	if uri, ok := e.attr(nsRDF, "resource"); ok {
		return []xmpValue{{text: uri}}
	}
	if v, ok := e.attr(nsRDF, "value"); ok {
		return []xmpValue{{text: v, lang: e.lang()}}
	}
	for _, c := range e.children {
		switch {
		case c.is("Alt"), c.is("Seq"), c.is("Bag"):
			var out []xmpValue
			for _, li := range c.children {
				if !li.is("li") {
					continue
				}
				out = append(out, li.values()...)
			}
			return out
		case c.is("value"):
			return []xmpValue{{text: c.text.String(), lang: e.lang()}}
		case c.is("Description"):
			if v := c.values(); len(c.children) > 0 {
				return v
			}
		}
	}
	if len(e.children) > 0 {
		return nil
	}
	return []xmpValue{{text: e.text.String(), lang: e.lang()}}
}

func (e *element) lang() string {
	for _, ns := range []string{nsXML, "xml"} {
		if l, ok := e.attr(ns, "lang"); ok {
			return l
		}
	}
	return ""
}
