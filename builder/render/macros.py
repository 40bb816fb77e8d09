"""Files of macros, instantiated once for all pages that give them the same things to look up.

Jinja makes the macros of a file anew for every `{% import ... with context %}`, some twenty times a page. Here they are
made again only where a name that they look up outside the file has another value than before on the same page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from itertools import repeat
from operator import is_
from typing import Any, NamedTuple

from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, new_context
from jinja2.utils import missing

from builder.render.compiling import Generator


class Shared(NamedTuple):
    """A file's macros as they are: what they were given for the names they look up, on which page, and what for.

    `found` is where they look; `imported` are the files they import with their context, and these files' macros.
    """

    given: list[object]
    page: int | None  # none: they can be told nothing else
    module: TemplateModule
    found: Found
    imported: list[tuple[SharedTemplate, TemplateModule]]


class SharedTemplate(Template):
    """A template whose macros are kept for the next who imports it with the same values of what it needs.

    On the next page, where what macros look up has other values, they are told these, and not made again.
    """

    environment: Quick
    _kept: Shared | None = None

    @property
    def needs(self) -> tuple[list[str], list[str], bool] | None:
        """What `Generator._needs` found out; None: it cannot be shared."""
        needs: tuple[list[str], list[str], bool] | None = self.root_render_func.__globals__["needs"]
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
        kept = self._kept
        if kept is None or not all(map(is_, kept.given, given)):
            if kept and self._is_done_with(kept, vars, shared, locals):
                kept.found.update(zip(needs, given, strict=True))
                kept = kept._replace(given=given, page=self.environment.page)
            else:
                kept = self._made(given, vars, shared, locals)
            self._kept = kept
        return kept.module

    def _is_done_with(self, kept: Shared, vars: dict[str, Any], shared: bool, locals: Mapping[str, Any] | None) -> bool:
        """Whether nobody uses these macros any more: they are of another page, and so are those they call."""
        return kept.page not in (None, self.environment.page) and all(
            template.make_module(vars, shared, locals) is module for template, module in kept.imported
        )

    def _made(
        self, given: list[object], vars: dict[str, Any], shared: bool, locals: Mapping[str, Any] | None
    ) -> Shared:
        context = self.new_context(vars, shared, locals)
        found = Found(context.resolve_or_missing)
        context.resolve_or_missing = found.__getitem__  # type: ignore[assignment]
        module = TemplateModule(self, context)
        imported = []
        files, retold = self.needs[1:] if self.needs else ([], False)
        for file in map(self.environment.get_template, files):
            if isinstance(file, SharedTemplate) and file._kept:
                imported.append((file, file._kept.module))
        return Shared(given, self.environment.page if retold else None, module, found, imported)


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
        self.page = 0  # counts pages, where somebody tells when one begins
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

    def getattr(self, obj: Any, attribute: str) -> Any:
        """As Jinja's, which asks a dictionary for an attribute, and catches its refusal, before its items."""
        if type(obj) is dict and attribute in obj and not hasattr(dict, attribute):
            return obj[attribute]
        return super().getattr(obj, attribute)

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
