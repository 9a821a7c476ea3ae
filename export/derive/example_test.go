package derive_test

import (
	"fmt"

	"photodesk/export/derive"
)

func ExampleWidths() {
	fmt.Println(derive.Widths(6000, 4000), derive.Widths(1200, 800), derive.Widths(320, 240))
	// Output: [480 960 1600 2240] [480 960] [320]
}
