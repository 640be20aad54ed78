"""One report, three forms: blocks of text, tables and pictures, written as HTML, Word or plain data."""
