"""The whole report as one HTML file: nothing from outside, no script, one style sheet allowed by its hash."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from realpolitik.report.page.blocks import Section
from realpolitik.report.page.html import section
from realpolitik.report.page.sections import sections
from realpolitik.report.page.style import STYLE


def policy() -> str:
    """What the browser may load: nothing but the page's own style sheet."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src 'none'; script-src 'none'; base-uri 'none'; "
        "form-action 'none'"
    )


def page(data: Mapping[str, Any]) -> str:
    """The report of `data` (see `project.report.report_data`)."""
    about = data["about"]
    made = list(sections(data))
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
        f"<title>{escape(about['title'])}</title><style>{STYLE}</style></head>"
    )
    first = "".join(section(item, "") for item in made if item.first)
    rest = "".join(section(item, f"{number}") for number, item in _numbered(made))
    return (
        f'{head}<body><a class="skip" href="#judgements">To the key judgements</a>{_header(about)}<main>{first}'
        f"{_contents(made)}{rest}</main>{_footer(about)}</body></html>"
    )


def _numbered(made: Sequence[Section]) -> list[tuple[int, Section]]:
    return list(enumerate((item for item in made if not item.first), 2))


def _marking(about: Mapping[str, Any]) -> str:
    return f'<p class="marking">{escape(about["marking"])}</p>' if about["marking"] else ""


def _header(about: Mapping[str, Any]) -> str:
    run = f"As of {about['as_of']} | run {about['model_sha256'][:8]} | {about['draws']} draws | seed {about['seed']}"
    note = f"<p>{escape(about['note'])}</p>" if about["note"] else ""
    return (
        f"{_marking(about)}<header><h1>{escape(about['title'])}</h1><p class=note>{escape(run)}</p>{note}"
        f"<p class=note>{escape(about['notice'])}</p></header>"
    )


def _contents(made: Sequence[Section]) -> str:
    items = "".join(
        f'<li value="{n}"><a href="#{escape(item.id)}">{escape(item.title)}</a></li>' for n, item in _numbered(made)
    )
    first = '<li value="1"><a href="#judgements">Key judgements</a></li>'
    return f'<nav aria-label="Contents"><h2>Contents</h2><ol>{first}{items}</ol></nav>'


def _footer(about: Mapping[str, Any]) -> str:
    return (
        f"<footer><p>{escape(about['notice'])} {escape(about['title'])}, as of {escape(about['as_of'])}; realpolitik "
        f"{escape(about['version'])}, model {escape(about['model_sha256'][:12])}.</p>{_marking(about)}</footer>"
    )
