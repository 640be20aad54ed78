"""Claims: who said what, how hedged; and the strict reading of the files people write."""
