"""How templates become Python: as Jinja compiles them, but for four things that cost time and change no byte.

A fixed message is put into the archive's language once, when its template is compiled, and so is what stands on every
element that holds one; what a template calls is called directly, because none of it wants to be handed Jinja's context;
what is written becomes text without detours; and a page is handed on by its blocks, not piece by piece.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from builder.render.escaping import escaped, text

__all__ = ["Generator", "QuickMacro", "escaped", "text"]  # all but the first are for what it writes

MESSAGES = ("_", "gettext")  # functions whose answer to fixed words is fixed
FIXED = ("spoken", "dot")  # names that stand for the same markup on every page
_marked = str.__new__


class QuickMacro(Macro):
    """Jinja's macro; a call that gives it what it knows by name goes straight to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain = not (self.catch_kwargs or self.catch_varargs or self.explicit_caller)
        self._left, self._blocks = _left(self._argument_count if plain else -1), _blocks(self.caller)
        self._simple = () if self.caller else self._left

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        if not kwargs and len(args) < len(self._simple):
            return _marked(Markup, self._func(*args, *self._simple[len(args)]))
        if len(args) >= len(self._left):
            return super().__call__(*args, **kwargs)
        if [*kwargs] == self._blocks:
            return _marked(Markup, self._func(*args, *self._left[len(args)], *kwargs.values()))
        named = self.arguments[len(args) :]
        if not kwargs.keys() <= {*named, *self._blocks} or not kwargs.keys() >= {*self._blocks}:
            return super().__call__(*args, **kwargs)
        given = [kwargs.get(name, missing) for name in (*named, *self._blocks)]
        return _marked(Markup, self._func(*args, *given))


@cache
def _left(number: int) -> list[tuple[Any, ...]]:
    """By how many arguments are given: what stands for the others. None are left out where no call is quick."""
    return [(missing,) * left for left in range(number, -1, -1)]


@cache
def _blocks(caller: bool) -> list[str]:
    return ["caller"] if caller else []


class Generator(CodeGenerator):
    """Writes quick calls and output, for environments that escape and whose functions never want Jinja's context."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.looked_up: set[str] = set()
        self.gathered: set[str | None] = set()  # lists that pieces of output are gathered in
        self.said: list[Markup] = []  # fixed messages that stand in expressions
        self.ends: list[str] = []  # of expressions whose values are being written
        self.writeline(f"from {__name__} import QuickMacro, escaped, text")
        super().visit_Template(node, frame)
        self.writeline(f"said = {self.said!r}")
        self.writeline(f"needs = {self._needs(node)!r}")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Gathers what a template or a block of it writes, where Jinja would have each piece go through all callers."""
        gathers = frame.buffer is None and (frame.rootlevel or frame.block_frame)
        if gathers:
            self.buffer(frame)
            self.gathered.add(frame.buffer)
        super().blockvisit(nodes, frame)
        if gathers:
            self._hand_on(frame)

    def _hand_on(self, frame: Frame) -> None:
        self.writeline(f"yield concat({frame.buffer})")

    def enter_frame(self, frame: Frame) -> None:
        super().enter_frame(frame)
        self.looked_up.update(name or "" for how, name in frame.symbols.loads.values() if how == VAR_LOAD_RESOLVE)

    def _needs(self, source: nodes.Template) -> tuple[list[str], list[str], bool] | None:
        """What a file of macros looks up outside itself, and which files it imports with its context.

        At last, whether macros import none: they would do so with the values that the file was given.

        None where it does more than define macros: a file that sets a variable or includes another may do so
        differently each time.
        """
        if not all(_defines(node) for node in source.body) or source.find(nodes.Include):
            return None
        imports: list[Any] = [*source.find_all(nodes.Import), *source.find_all(nodes.FromImport)]
        files = [i.template for i in imports if i.with_context]
        if not all(isinstance(file, nodes.Const) for file in files):
            return None
        at_the_top = {id(node) for node in source.body}
        return sorted(self.looked_up), [file.value for file in files], all(id(i) in at_the_top for i in imports)

    def macro_def(self, macro_ref: Any, frame: Frame) -> None:
        self.write("Quick")  # Jinja goes on with `Macro(...)`
        super().macro_def(macro_ref, frame)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        answer = self._answer(node, frame)
        return str(answer) if answer is not None else super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if not _escapes(frame):
            super()._output_child_pre(node, frame, finalize)
        elif self._is_markup(node, frame):
            self.write("(")
            self.ends.append(")")
        else:
            value = self.temporary_identifier()
            self.write(f"({value} if type({value} := ")
            as_it_is = f") is Markup else text({value}) if type({value}) is str else escaped({value}))"
            self.ends.append(as_it_is)

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame):
            self.write(self.ends.pop())
        else:
            super()._output_child_post(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if (answer := self._answer(node, frame)) is not None:
            self.write(f"said[{len(self.said)}]")
            self.said.append(answer)
            return
        if not _escapes(frame) or node.dyn_args or node.dyn_kwargs or any(iskeyword(k.key) for k in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """Hands on what the included file writes all at once, not piece by piece."""
        named = isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
        if not named or node.ignore_missing or not node.with_context:
            if not node.with_context and frame.buffer in self.gathered:  # Jinja hands on what it includes
                self._hand_on(frame)
                self.writeline(f"{frame.buffer}.clear()")
            super().visit_Include(node, frame)
            return
        self.writeline("template = environment.get_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        context = f"template.new_context(context.get_all(), True, {self.dump_local_context(frame)})"
        written = f"template.root_render_func({context})"
        self.writeline(f"{frame.buffer}.extend({written})" if frame.buffer else f"yield from {written}")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        """Asks the object itself, as `environment.getattr` does first, and that only for what it does not have."""
        asked, found = self.temporary_identifier(), self.temporary_identifier()
        self.write(f"({found} if ({found} := getattr({asked} := ")
        self.visit(node.node, frame)
        self.write(f", {node.attr!r}, missing)) is not missing else environment.getattr({asked}, {node.attr!r}))")

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:
        for part in node.nodes:
            _finish(part)
        super().visit_Output(node, frame)

    def _is_markup(self, node: nodes.Expr, frame: Frame) -> bool:
        """Whether all that `{{ this if that else another }}` can write is known to be HTML."""
        if isinstance(node, nodes.CondExpr):
            return node.expr2 is not None and all(self._is_markup(one, frame) for one in (node.expr1, node.expr2))
        if isinstance(node, nodes.Const):
            return isinstance(node.value, str) and str(escape(node.value)) == node.value
        return isinstance(node, nodes.Call) and self._answer(node, frame) is not None

    def _answer(self, node: nodes.Expr, frame: Frame) -> Markup | None:
        """What `_("fixed words")` will always say; None for other expressions, and for a `_` of the template's own."""
        if isinstance(node, nodes.Name) and node.name in FIXED:
            said: Any = self.environment.globals.get(node.name)
            return said if _escapes(frame) and _resolved(node, frame) else None
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.node.name not in MESSAGES:
            return None
        if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const) or node.kwargs or node.dyn_kwargs:
            return None
        if node.dyn_args or not _escapes(frame):
            return None
        if not _resolved(node.node, frame):
            return None
        say: Any = self.environment.globals[node.node.name]
        answer: Markup = say(node.args[0].value)
        return answer


def _defines(node: nodes.Node) -> bool:
    if isinstance(node, nodes.Output):
        return all(isinstance(part, nodes.TemplateData) for part in node.nodes)
    return isinstance(node, nodes.Macro | nodes.Import | nodes.FromImport)


def _resolved(name: nodes.Name, frame: Frame) -> bool:
    """Whether it is looked up in the context: it is not set by the template itself."""
    loaded = frame.symbols.find_load(frame.symbols.ref(name.name))
    return loaded is not None and loaded[0] == VAR_LOAD_RESOLVE


def _finish(part: nodes.Node) -> None:
    """Gives `{{ this if that }}` its else: nothing is written either way, but nothing is made for it."""
    if isinstance(part, nodes.CondExpr):
        part.expr2 = part.expr2 or nodes.Const("", lineno=part.lineno)
        _finish(part.expr1)
        _finish(part.expr2)
    elif isinstance(part, nodes.Concat):
        for one in part.nodes:
            _finish(one)


def _escapes(frame: Frame) -> bool:
    """Whether the place is known to escape: it is not inside a template's own `{% autoescape %}`."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile
