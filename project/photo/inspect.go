package photo

// This file owns Inspect, which brings together what the container, XMP, IIM and EXIF say.

// Inspect reads the header and the words of a photograph and decodes no pixels. The zero Limits are DefaultLimits.
//
// Its errors wrap ErrEmpty, ErrNotPhoto, ErrTooLarge, ErrTruncated, ErrDamaged or ErrUnsupported and read as a plain
// reason. Broken words never refuse a photo: they become a warning.
func Inspect(data []byte, lim Limits) (info *Info, err error) {
	defer guard(&err)
	info, _, err = inspect(data, lim.orDefault())
	return info, err
}

func inspect(data []byte, lim Limits) (*Info, *container, error) {
	f, err := Recognise(data[:min(len(data), 512)])
	if err != nil {
		return nil, nil, err
	}
	c, err := scan(data, f, lim)
	if err != nil {
		return nil, nil, err
	}
	info := &Info{Format: f, Width: c.width, Height: c.height}
	for _, packet := range c.xmp {
		found, gps, err := parseXMP(packet)
		if err != nil {
			c.warn("its XMP is damaged; captions or credits may be missing")
		}
		info.Found = append(info.Found, found...)
		info.GPS = info.GPS || gps
	}
	for _, r := range parseIIM(c.iim) {
		if r.Field != fieldCaption || !boilerplate(r.Value) {
			info.Found = append(info.Found, r)
		}
	}
	e := readEXIF(data, f)
	info.Found = append(info.Found, e.found...)
	info.GPS = info.GPS || e.gps
	info.Orientation = e.orientation
	if info.Orientation >= 5 {
		info.Width, info.Height = info.Height, info.Width
	}
	info.choose()
	info.Profile = c.describeColour(e)
	if max(info.Width, info.Height) < 200 {
		c.warn("it is very small: %d × %d pixels", info.Width, info.Height)
	}
	info.Warnings, info.Damaged, info.Lost = c.warnings, c.damaged, c.lost
	return info, c, nil
}

// describeColour names the colour space, and warns where it can't be converted.
func (c *container) describeColour(e exif) string {
	if c.components == 4 {
		if p, err := parseProfile(c.icc); err == nil && p.inks {
			if p.name == "" {
				return "CMYK"
			}
			return p.name
		}
		c.warn("it is in print colours (CMYK); its colours on screen are approximate")
		return "CMYK"
	}
	if len(c.icc) == 0 {
		switch {
		case e.adobeRGB:
			return adobeRGBName
		case c.srgb, e.srgb:
			return "sRGB"
		}
		return ""
	}
	p, err := parseProfile(c.icc)
	if err != nil {
		c.warn("its colour profile can't be used (%s); colours are left as they are", Term(err.Error()))
		if p.name == "" {
			return "unknown profile"
		}
	}
	return p.name
}
