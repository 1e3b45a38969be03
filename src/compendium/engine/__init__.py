"""The closed SQL dialect and how it runs on an engine; what an indicator is, this room does not know."""
