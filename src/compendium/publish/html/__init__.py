"""An edition as a folder of static, accessible pages."""
