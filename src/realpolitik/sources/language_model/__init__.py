"""Attributions proposed by a language model, off by default; nothing is taken that does not stand in the document."""
