"""The local workbench: a web server on this machine that answers while a slider is dragged."""
