"""Documents, their snapshots, anchors into them, and the attributions found in them."""
