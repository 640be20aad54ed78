"""A project of our own for the tests of reading: a strait, a hidden sale, a promise that waits for proof."""

from __future__ import annotations

from pathlib import Path

SITUATION = """situation: The strait
as_of: 2024-01-01
horizon: 4 years
judged_by: R. Example, 2024-01-05
actors:
  AAA: {name: Aland, leader: President Alm, aliases: [Alandic]}
  BBB: {name: Borduria, aliases: [Bordurian, Brod]}
  CCC: {name: Carpathia, aliases: [Carpathian]}
factors:
  proof: {name: public proof of a sale, from: rumour, to: proven, now: 0.1, keeps: rises}
  reach: {name: reach of the Bordurian rockets, from: none, to: everywhere, now: 0.2, keeps: rises}
  tension: {name: tension in the strait, from: calm, to: brink of war, now: 0.3 to 0.5}
  backing: {name: support for conscription, from: nobody, to: everybody, now: 0.3 to 0.5}
options:
  AAA.sale:
    name: guidance technology for Borduria
    levels: [none, given]
    price: {given: 2 to 10 points}
    known_to: [AAA, BBB]
    seen_as: proof
  CCC.patrol: {name: patrols in the strait, levels: [off, quiet, open], now: off, price: 30 to 60 points}
  BBB.talks: {name: harbour talks with Carpathia, now: off, price: 1 to 3 points}
influences:
  - AAA.sale=given raises reach: strong after 1 year (c1)
  - reach raises tension: moderate (c2)
  - CCC.patrol lowers tension: moderate (c3)
interests:
  AAA:
    - vital: more reach
  BBB:
    - vital: more reach
  CCC:
    - vital: less tension
commitments:
  - CCC does CCC.patrol=open if proof > 0.6 for 2 years: very likely (c3)
shocks:
  quake: {name: an earthquake in Borduria, chance: 1% to 3% per year, shifts: {tension: -0.2}}
questions:
  - text: Will Carpathia patrol?
    ask:
      - P(CCC.patrol=open by 2 years)
      - E[proof after 1 year]
  - text: Does the price of bread matter?
    ask:
      - E[backing after 1 year]
"""
CLAIMS = """recorded_by: R. Example, 2024-01-05
claims:
  c1:
    paraphrase: Aland may hand Borduria the guidance technology it wants.
    speaker: Irma Birk
    chain: Strait Gazette > Irma Birk
    hedge: may
  c2:
    paraphrase: With longer reach of its rockets Borduria would drive up tension in the strait.
    speaker: unnamed experts
    chain: Strait Gazette > unnamed experts
  c3:
    paraphrase: Once a sale of guidance technology is proven, Carpathia must patrol the strait openly.
    speaker: Otto Lund
    chain: Strait Gazette > Otto Lund
  c4:
    paraphrase: No guidance technology has been supplied to Borduria.
    speaker: Bordurian foreign ministry
    chain: Strait Gazette > Bordurian foreign ministry
"""
CONFIRMED = """The Coast Courier, March 4, 2024

Carpathia's defence ministry confirmed on Monday that Aland has delivered guidance technology to Borduria.

"The patrols in the strait will have to be open," said Nora Feld, a former admiral.

"Bread has become dearer," said a baker in Brod.
"""
REPEATED = """The Coast Courier, March 9, 2024

Aland may hand Borduria the guidance technology it wants, Irma Birk told the Strait Gazette last year.

Experts quoted by the Strait Gazette said that with longer reach of its rockets Borduria would drive up tension in the
strait.
"""
DENIED = """The Coast Courier, March 11, 2024

Carpathia's defence ministry confirmed on Monday that Aland has delivered guidance technology to Borduria.

"We have bought no guidance technology from Aland," a Bordurian government spokesman said.
"""
OPEN = """The Coast Courier, March 12, 2024

Aland plans to deliver guidance technology to Borduria, the Alandic defence ministry announced.

Aland may have delivered guidance technology to Borduria, the Carpathian defence ministry said.

Aland will deliver guidance technology to Borduria within a year, said Nora Feld, a former admiral.
"""
FIGURE = """The Coast Courier, March 14, 2024

Support for conscription stands at 62 percent, said Nora Feld, a former admiral.

Carpathian patrols in the strait are quiet, the Carpathian navy announced.
"""


def write(folder: Path) -> Path:
    """Write the project and say where."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "situation.yaml").write_text(SITUATION, encoding="utf-8")
    (folder / "claims.yaml").write_text(CLAIMS, encoding="utf-8")
    return folder


def article(folder: Path, text: str, name: str = "news.txt") -> Path:
    """Write an article."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
