"""Files of macros, instantiated once for all pages that give them the same things to look up.

Jinja makes the macros of a file anew for every `{% import ... with context %}`, some twenty times a page. Here they are
made again only where a name that they look up outside the file has another value than the last time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from itertools import repeat
from operator import is_
from typing import Any

from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, new_context
from jinja2.utils import missing

from builder.render.compiling import Generator


class SharedTemplate(Template):
    """A template whose macros are kept for the next who imports it with the same values of what it needs."""

    environment: Quick
    _kept: tuple[list[object], TemplateModule] | None = None

    @property
    def needs(self) -> tuple[list[str], list[str]] | None:
        """What `Generator` found out: the names it looks up and the files it imports; None: it cannot be shared."""
        needs: tuple[list[str], list[str]] | None = self.root_render_func.__globals__["needs"]
        return needs

    def new_context(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> Context:
        globals_ = None if shared else self.environment.globals  # and not a view of it: no template has its own
        return new_context(self.environment, self.name, self.blocks, vars, shared, globals_, locals)

    def make_module(
        self, vars: dict[str, Any] | None = None, shared: bool = False, locals: Mapping[str, Any] | None = None
    ) -> TemplateModule:
        needs = self.environment.needs(self.name or "")
        if needs is None or vars is None:
            return super().make_module(vars, shared, locals)
        given = list(map(vars.get, needs, repeat(missing)))
        if locals:
            for name in locals.keys() & needs:
                given[needs[name]] = vars.get(name, missing) if locals[name] is missing else locals[name]
        if self._kept is None or not all(map(is_, self._kept[0], given)):
            context = self.new_context(vars, shared, locals)
            context.resolve_or_missing = Found(context.resolve_or_missing).__getitem__  # type: ignore[assignment]
            self._kept = given, TemplateModule(self, context)
        return self._kept[1]


class Found(dict[str, Any]):
    """What names stand for, looked for once: where there are only macros, no name comes to stand for something else."""

    def __init__(self, look_for: Callable[[str], Any]) -> None:
        self._look_for = look_for

    def __missing__(self, name: str) -> Any:
        self[name] = found = self._look_for(name)
        return found


class Quick(Environment):
    """Jinja's environment for templates that stay as they are; `_` must be set before the first is loaded."""

    code_generator_class = Generator
    template_class = SharedTemplate

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._loaded: dict[str, Template] = {}
        self._needs: dict[str, dict[str, int] | None] = {}

    def get_template(
        self, name: str | Template, parent: str | None = None, globals: MutableMapping[str, Any] | None = None
    ) -> Template:
        if not isinstance(name, str):
            return name
        if name not in self._loaded:
            self._loaded[name] = super().get_template(name, parent, globals)
        return self._loaded[name]

    def getitem(self, obj: Any, argument: Any) -> Any:
        """As Jinja's, which asks a record for an item, and catches its refusal, before it asks for the attribute."""
        if type(argument) is str and not hasattr(type(obj), "__getitem__"):
            found = getattr(obj, argument, missing)
            if found is not missing:
                return found
        return super().getitem(obj, argument)

    def needs(self, name: str) -> dict[str, int] | None:
        """What a file of macros and those it imports look up, numbered; None where its macros cannot be shared."""
        if name not in self._needs:
            self._needs[name] = None  # while it is worked out: files that import each other in a circle
            self._needs[name] = self._worked_out(name)
        return self._needs[name]

    def _worked_out(self, name: str) -> dict[str, int] | None:
        template = self.get_template(name)
        own = template.needs if isinstance(template, SharedTemplate) else None
        if own is None:
            return None
        names = set(own[0])
        for file in own[1]:
            theirs = self.needs(file)
            if theirs is None:
                return None
            names.update(theirs)
        return {name: number for number, name in enumerate(sorted(names))}
