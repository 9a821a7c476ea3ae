package photo_test

import (
	"fmt"

	"photodesk/project/photo"
)

func ExampleRecognise() {
	for _, head := range []string{"\xff\xd8\xff\xe0", "<!DOCTYPE html>", "caption to come"} {
		format, err := photo.Recognise([]byte(head))
		fmt.Println(format, err)
	}
	// Output:
	// jpeg <nil>
	//  is not a photograph: a web page
	//  is not a photograph: plain text
}

func ExampleRecipe_Turned() {
	r := photo.Recipe{Crop: &photo.Rect{X: 0, Y: 0, W: 0.5, H: 1}} // the left half
	r = r.Turned(1)
	fmt.Printf("turn %d, crop %+v\n", r.Turn, *r.Crop)
	// Output: turn 1, crop {X:0 Y:0 W:1 H:0.5}
}
