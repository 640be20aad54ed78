"""How pictures look: one style sheet for light, dark and print; colours told apart by colour-blind readers and in grey.

Gains are blue and hollow or light, losses are dark orange and full: they differ in lightness as well as in hue. Nothing
is said by colour alone: sign, dash and shape say it too.
"""

from __future__ import annotations

FONT = '"Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif'
"""Fonts of one width, so that text fits where it was laid out."""

LIGHT = {
    "paper": "#ffffff", "panel": "#f3f4f1", "ink": "#1b2420", "soft": "#565f5a", "line": "#c9cec9",
    "gain": "#0a5c99", "gain-fill": "#9cc4e0", "loss": "#a33b00", "loss-fill": "#c9622b", "mark": "#1b2420",
    "band-1": "#dbe7ef", "band-2": "#a9c8dd", "accent": "#5b3b8c", "accent-fill": "#d9cdea",
}  # fmt: skip
DARK = {
    "paper": "#151a18", "panel": "#202724", "ink": "#e8ece9", "soft": "#a7b1ab", "line": "#434c47",
    "gain": "#8cc4ec", "gain-fill": "#1f5f8e", "loss": "#ffa36b", "loss-fill": "#b5531b", "mark": "#e8ece9",
    "band-1": "#23333d", "band-2": "#34566b", "accent": "#c7adf0", "accent-fill": "#49356b",
}  # fmt: skip


def variables(colours: dict[str, str]) -> str:
    """Colours as CSS custom properties.

    >>> variables({"ink": "#000"})
    '--rp-ink:#000;'
    """
    return "".join(f"--rp-{name}:{value};" for name, value in colours.items())


RULES = """
.rp{font-family:FONT;font-size:13px}
.rp text{fill:var(--rp-ink);stroke:none}
.rp .soft{fill:var(--rp-soft)} .rp .strong{font-weight:600} .rp .up{fill:var(--rp-gain)} .rp .down{fill:var(--rp-loss)}
.rp .halo{paint-order:stroke;stroke:var(--rp-paper);stroke-width:4px;stroke-linejoin:round}
.rp .ground{fill:var(--rp-paper)} .rp .panel{fill:var(--rp-panel)}
.rp .grid{stroke:var(--rp-line);stroke-width:1;fill:none} .rp .axis{stroke:var(--rp-soft);stroke-width:1.2;fill:none}
.rp .rule{stroke:var(--rp-ink);stroke-width:1.6;fill:none} .rp .thick{stroke:var(--rp-ink);stroke-width:2.4;fill:none}
.rp .gain{fill:var(--rp-gain-fill);stroke:var(--rp-gain);stroke-width:1.2}
.rp .loss{fill:var(--rp-loss-fill);stroke:var(--rp-loss);stroke-width:1.2}
.rp .plain{fill:var(--rp-panel);stroke:var(--rp-soft);stroke-width:1.2}
.rp .hollow{fill:var(--rp-paper);stroke:var(--rp-ink);stroke-width:1.6}
.rp .dot{fill:var(--rp-mark);stroke:var(--rp-paper);stroke-width:1}
.rp .band1{fill:var(--rp-band-1)} .rp .band2{fill:var(--rp-band-2)}
.rp .accent{fill:var(--rp-accent-fill);stroke:var(--rp-accent);stroke-width:1.2}
.rp .raises{stroke:var(--rp-gain);fill:none} .rp .lowers{stroke:var(--rp-loss);fill:none;stroke-dasharray:6 4}
.rp .moves{stroke:var(--rp-soft);fill:none} .rp .gives{stroke:var(--rp-accent);fill:none}
.rp .raises-head{fill:var(--rp-gain)} .rp .lowers-head{fill:var(--rp-loss)} .rp .moves-head{fill:var(--rp-soft)}
.rp .gives-head{fill:var(--rp-accent)}
.rp a{text-decoration:none} .rp a:focus{outline:3px solid var(--rp-accent)} .rp a:hover .box{stroke-width:2.6}
""".replace("FONT", FONT)

SHEET = (
    f":root{{{variables(LIGHT)}}}"
    f"@media (prefers-color-scheme:dark){{:root{{{variables(DARK)}}}}}"
    f"@media print{{:root{{{variables(LIGHT)}}}}}{RULES}"
)
"""The whole style sheet, for a page that shows pictures."""

ALONE = (
    f".rp{{{variables(LIGHT)}}}"
    f"@media (prefers-color-scheme:dark){{.rp{{{variables(DARK)}}}}}"
    f"@media print{{.rp{{{variables(LIGHT)}}}}}{RULES}"
)
"""The same for one picture that stands alone."""
