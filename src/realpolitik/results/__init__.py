"""Labelled answers, their statistics, and the records of runs."""
