"""Charts drawn as SVG: lines, bars, dots on one scale and on two. Each is drawn for wide and for narrow."""
