//go:build linux || freebsd || openbsd || netbsd

package main

// This file owns finding out that there is no display, before the toolkit does
// so less politely.

import (
	"errors"
	"fmt"
	"net"
	"os"
	"strings"
	"time"
)

func display() error {
	if os.Getenv("WAYLAND_DISPLAY") != "" {
		return nil
	}
	name := os.Getenv("DISPLAY")
	if name == "" {
		return errors.New("there is no display to open a window on (DISPLAY is not set); without one, use photodeskctl")
	}
	if err := reach(name); err != nil {
		return fmt.Errorf("the display %s does not answer (%w); without one, use photodeskctl", name, err)
	}
	return nil
}

// reach asks whether an X server listens under the display's name, HOST:NUMBER.SCREEN.
func reach(name string) error {
	host, number, ok := strings.Cut(name, ":")
	if !ok || strings.HasPrefix(name, "/") {
		return nil // a name of another kind: the toolkit will know
	}
	number, _, _ = strings.Cut(number, ".")
	if host != "" && host != "unix" {
		var n int
		if _, err := fmt.Sscan(number, &n); err != nil {
			return nil
		}
		return dial("tcp", fmt.Sprintf("%s:%d", host, 6000+n))
	}
	if dial("unix", "@/tmp/.X11-unix/X"+number) == nil {
		return nil
	}
	return dial("unix", "/tmp/.X11-unix/X"+number)
}

func dial(network, address string) error {
	c, err := net.DialTimeout(network, address, 3*time.Second)
	if err == nil {
		_ = c.Close()
	}
	return err
}
