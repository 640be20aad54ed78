"""Word lists and name tables, kept as data; `attribution` reads them on first use."""
