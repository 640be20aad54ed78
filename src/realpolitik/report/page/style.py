"""The page around the pictures: one column to read, dark where the reader's system is, A4 in print."""

from __future__ import annotations

from realpolitik.report.figures.style import FONT, SHEET

PAGE = """
*{box-sizing:border-box}
html{background:var(--rp-paper);color:var(--rp-ink);font:16px/1.5 FONT;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:60rem;padding:0 1.2rem 4rem}
header{border-bottom:2px solid var(--rp-ink);padding:1.4rem 0 .7rem;margin-bottom:1rem}
h1{font-size:1.75rem;line-height:1.2;margin:.2rem 0} h2{font-size:1.3rem;margin:2.6rem 0 .6rem;line-height:1.25}
h3{font-size:1.05rem;margin:1.5rem 0 .4rem;line-height:1.3} h4{margin:.2rem 0 .5rem}
p,li{max-width:46rem} p{margin:.45rem 0} ul,ol{padding-left:1.3rem;margin:.4rem 0} li{margin:.25rem 0}
small,.note{color:var(--rp-soft);font-size:.86rem} code{font-size:.84rem;overflow-wrap:anywhere}
a{color:var(--rp-gain);text-underline-offset:2px}
a:focus-visible,summary:focus-visible{outline:3px solid var(--rp-accent)}
.marking{font-weight:700;text-align:center;letter-spacing:.06em;margin:0;padding:.3rem;border:2px solid var(--rp-ink)}
.lead{font-size:1.12rem;border-left:5px solid var(--rp-accent);padding:.2rem 0 .2rem .9rem}
.question{font-weight:600;margin-top:1rem}
nav ol{columns:2;column-gap:2rem} nav li{break-inside:avoid}
figure{margin:1.1rem 0 1.4rem} figcaption h3,figcaption h4{margin:.2rem 0 .5rem}
.drawing{overflow-x:auto;max-width:100%} .drawing svg{display:block;height:auto;min-width:320px;max-width:none}
.narrow .drawing svg{max-width:100%}
table{border-collapse:collapse;font-size:.88rem;margin:.5rem 0;line-height:1.35}
caption{text-align:left;font-weight:600;padding:.3rem 0}
th,td{padding:.28rem .7rem .28rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rp-line)}
tbody th{font-weight:400} thead th{font-weight:600;border-bottom:1.5px solid var(--rp-ink)}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
details{margin:.5rem 0} summary{cursor:pointer;color:var(--rp-gain)}
:target{background:var(--rp-band-1);outline:4px solid var(--rp-band-1)}
footer{border-top:1px solid var(--rp-line);margin-top:3rem;padding-top:.6rem;color:var(--rp-soft);font-size:.85rem}
.skip{position:absolute;left:-99rem} .skip:focus{left:1rem;top:.5rem}
@media(max-width:40rem){nav ol{columns:1} body{padding:0 .8rem 3rem} .narrow .drawing svg{max-width:none}}
@page{size:A4;margin:17mm 16mm 18mm}
@media print{ p,li{max-width:none}
html{font-size:9.5pt;line-height:1.4} h1{font-size:1.5rem} #judgements .drawing svg{max-height:52mm}
body{max-width:none;padding:0} nav,.skip{display:none} h2,h3{break-after:avoid}
details::details-content{content-visibility:visible;display:block} summary{list-style:none;font-weight:600}
 a{color:inherit;text-decoration:none}
figure,tr,li,.question{break-inside:avoid} .broad .drawing svg{max-width:100%;max-height:225mm}
details .drawing svg{max-height:118mm}
.drawing{overflow:visible} .drawing svg{max-width:100%} thead{display:table-header-group}
figure details{display:none} table{font-size:8.5pt}
}
""".replace("FONT", FONT)

STYLE = (SHEET + PAGE).strip()
"""The one style sheet of a report; its hash stands in the content policy."""
