"""Files that people write: strict YAML as texts with positions, and findings gathered until all are known."""
