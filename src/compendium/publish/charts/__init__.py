"""Charts of three kinds, drawn as SVG: lines, bars and dots. Each is drawn for wide and for narrow."""
