"""Kernels on joint states: arrays and sets in, verdicts out; no file, no name of an actor.

`literal` holds the definitions as they stand in the papers; `moves` and `verdicts` are the fast twin on
integer ranks,
`relations` and `coalitions` the one on sets (partial orders, coalitions). Tests hold the twins against
`literal`.
"""
