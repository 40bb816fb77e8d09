"""How templates become Python: as Jinja compiles them, but for three things that cost time and change no byte.

A fixed message is put into the archive's language once, when its template is compiled; what a template calls is called
directly, because none of it wants to be handed Jinja's context; and what is written becomes text without detours.
"""

from __future__ import annotations

from keyword import iskeyword
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.idtracking import VAR_LOAD_RESOLVE
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup

from builder.render.escaping import escaped

__all__ = ["Generator", "QuickMacro", "escaped"]  # the last two are for what it writes

MESSAGES = ("_", "gettext")  # functions whose answer to fixed words is fixed


class QuickMacro(Macro):
    """Jinja's macro; a call by position goes straight to it."""

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        left = self._argument_count - len(args)
        if kwargs or left < 0 or self.caller or self.catch_kwargs or self.catch_varargs:
            return super().__call__(*args, **kwargs)
        return str.__new__(Markup, self._func(*args, *(missing,) * left))


class Generator(CodeGenerator):
    """Writes quick calls and output, for environments that escape and whose functions never want Jinja's context."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        self.writeline(f"from {__name__} import QuickMacro, escaped")
        super().visit_Template(node, frame)

    def macro_def(self, macro_ref: Any, frame: Frame) -> None:
        self.write("Quick")  # Jinja goes on with `Macro(...)`
        super().macro_def(macro_ref, frame)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        answer = self._answer(node, frame)
        return str(answer) if answer is not None else super()._output_child_to_const(node, frame, finalize)

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _escapes(frame):
            self.write("escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        if (answer := self._answer(node, frame)) is not None:
            self.write(repr(answer))
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

    def _answer(self, node: nodes.Expr, frame: Frame) -> Markup | None:
        """What `_("fixed words")` will always say; None for other expressions, and for a `_` of the template's own."""
        if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name) or node.node.name not in MESSAGES:
            return None
        if len(node.args) != 1 or not isinstance(node.args[0], nodes.Const) or node.kwargs or node.dyn_kwargs:
            return None
        if node.dyn_args or not _escapes(frame):
            return None
        loaded = frame.symbols.find_load(frame.symbols.ref(node.node.name))
        if loaded is None or loaded[0] != VAR_LOAD_RESOLVE:
            return None
        say: Any = self.environment.globals[node.node.name]
        answer: Markup = say(node.args[0].value)
        return answer


def _escapes(frame: Frame) -> bool:
    """Whether the place is known to escape: it is not inside a template's own `{% autoescape %}`."""
    return bool(frame.eval_ctx.autoescape) and not frame.eval_ctx.volatile
