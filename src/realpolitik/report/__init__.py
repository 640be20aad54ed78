"""Pictures, tables and sentences; nothing here computes."""
