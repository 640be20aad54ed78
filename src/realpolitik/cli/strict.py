"""Commands that refuse an option given twice, instead of quietly taking the last."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand


class StrictCommand(TyperCommand):
    """A command that says so when an option that takes one value is given more than once."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Refuse repeated options, then read as usual."""
        _, _, given = self.make_parser(ctx).parse_args(args=list(args))
        options = [item for item in given if getattr(item, "opts", ()) and str(item.opts[0]).startswith("-")]
        for item in dict.fromkeys(options):
            times = options.count(item)
            if times > 1 and not getattr(item, "multiple", False) and not getattr(item, "is_flag", False):
                ctx.fail(f"'{item.opts[0]}' is given {times} times and takes one value: write them in one.")
        return super().parse_args(ctx, args)


class StrictApp(typer.Typer):
    """The application whose commands are strict."""

    def command(self, *given: Any, **settings: Any) -> Callable[[Any], Any]:
        """As typer's, with the strict command as the class."""
        return super().command(*given, **{"cls": StrictCommand, **settings})
