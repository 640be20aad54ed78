"""A situation whose every free text carries a script, a closing tag or a formula."""

from __future__ import annotations

BAD = "</title></script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"


def bad(name: str) -> str:
    """A name that tries to become markup, as YAML text."""
    return '"' + f"{name} {BAD}".replace("\\", "\\\\").replace('"', '\\"') + '"'


def hostile_situation() -> str:
    """The situation file."""
    return f"""
situation: {bad("Two rivals")}
note: {bad("A note")}
as_of: 2024-01-01
horizon: 4 years
answers: [1 year, 3 years]
judged_by: {bad("R. Example")}
questions:
  - text: {bad("Who pays")}
    ask:
      - gain(CCC at 3 years | do(scenario buildup))
      - loser(| do(scenario buildup))
      - P(tension > 0.5 by 3 years)
actors:
  AAA: {{name: {bad("Aland")}, leader: {bad("Alm")}}}
  BBB: {{name: {bad("Borduria")}}}
  CCC: {{name: {bad("Patronia")}, aliases: [{bad("the patron")}]}}
institutions:
  PACT: {{name: {bad("Coast Pact")}, members: [BBB, CCC]}}
factors:
  arsenal: {{name: {bad("the arsenal")}, from: {bad("none")}, to: {bad("all")}, now: 0.3 to 0.5, half_life: 2 years}}
  tension: {{name: {bad("tension")}, from: calm, to: war, now: 0.4, half_life: 3 months, tags: [headline]}}
options:
  AAA.arm: {{name: {bad("arming")}, now: off, price: 1 to 3 points}}
  CCC.supply: {{name: {bad("supplies")}, levels: [none, full], now: full, withholds: fuel from AAA}}
  PACT.drill: {{name: {bad("the drill")}, levels: [none, public], now: none}}
exchanges:
  {bad("fuel for ore")}:
    CCC gives: [CCC.supply=full]
    AAA gives: [AAA.arm=on]
influences:
  - AAA.arm raises arsenal: strong after 1 year (c1)
  - arsenal raises tension: medium if not PACT.drill=public (c2)
  - CCC.supply raises arsenal: weak
  - PACT.drill moves tension: -0.2 to +0.1
interests:
  AAA:
    - vital: more arsenal (c1)
    - goal: arsenal > 0.5
      by: 2026
  BBB:
    - vital: less tension (c2)
  CCC:
    - major: less arsenal
    - major: less tension
dependencies:
  - AAA on CCC for fuel: 0.6 to 0.9, replaced 0.1 to 0.3 (c2)
hypotheses:
  {bad("why it arms")}:
    for show:
      says: {bad("to be noticed")}
      chance: 0.6
    for use:
      says: {bad("to strike")}
      chance: rest
      instead:
        influences:
          - AAA.arm raises tension: strong
scenarios:
  buildup:
    name: {bad("the build-up")}
    do: [AAA.arm=on]
indicators:
  - watch: {bad("a test")}
    when: AAA.arm=on
    for: AAA.arm=on
    p_if: 0.3 to 0.7
    p_else: 0.02 to 0.15
checks:
  - c1: P(tension > 0.4 by 3 years | do(scenario buildup)) is likely
names:
  plant:
    what: {bad("a plant")}
    aliases: [{bad("the works")}]
    claims: [c1]
"""


CLAIMS = f"""
speakers:
  {bad("A. Analyst")}:
    role: {bad("expert")}
    affiliation: {bad("Institute")}
    reliability: B
    because: {bad("field of his own")}
tensions:
  X01:
    about: {bad("it helps, or hurts")}
    claims: c1, c2
    separated_by: {bad("the horizon")}
claims:
  c1:
    paraphrase: {bad("It may arm")}
    speaker: {bad("A. Analyst")}
    hedge: may
  c2:
    paraphrase: {bad("It hurts")}
    speaker: {bad("A. Analyst")}
    chain: [{bad("an outlet")}]
    contradicts: c1
    not_modelled: {bad("a reason")}
"""

SOURCES = f"""
sources:
  doc:
    title: {bad("On the harbour")}
    outlet: {bad("The Paper")}
    author: {bad("B. Writer")}
    date: 2023-12-01
    note: {bad("a note")}
"""
