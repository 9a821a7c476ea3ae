package photos

// This file owns what the loader remembers: pixels, bounded in bytes, the
// longest unused going first.

import (
	"container/list"
	"image"
)

type lru struct {
	limit, used int
	order       *list.List // of *entry, the newest in front
	byKey       map[key]*list.Element
}

type entry struct {
	key key
	img *image.RGBA
}

func newLRU(limit int) lru {
	return lru{limit: limit, order: list.New(), byKey: map[key]*list.Element{}}
}

func (c *lru) get(k key) *image.RGBA {
	el, ok := c.byKey[k]
	if !ok {
		return nil
	}
	c.order.MoveToFront(el)
	return el.Value.(*entry).img
}

func (c *lru) put(k key, img *image.RGBA) {
	if el, ok := c.byKey[k]; ok {
		c.remove(el)
	}
	c.byKey[k] = c.order.PushFront(&entry{k, img})
	c.used += len(img.Pix)
	for c.used > c.limit && c.order.Len() > 1 {
		c.remove(c.order.Back())
	}
}

func (c *lru) drop(match func(key) bool) {
	for k, el := range c.byKey {
		if match(k) {
			c.remove(el)
		}
	}
}

func (c *lru) remove(el *list.Element) {
	e := el.Value.(*entry)
	c.order.Remove(el)
	delete(c.byKey, e.key)
	c.used -= len(e.img.Pix)
}
