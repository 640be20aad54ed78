"""One reader per kind of file: bytes in, words out, always within limits."""
