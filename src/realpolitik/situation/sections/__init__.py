"""Readers of the sections of a situation file, one module per kind of thing."""
