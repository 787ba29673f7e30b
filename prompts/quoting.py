"""Where a partner's words stand in a template: nowhere but in the macros that quote and cover them.

Who lays a template of their own over ours, or translates one, may write around the words whatever suits: the
words themselves come in as they do in ours, all of them and covered by the same choice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jinja2 import nodes

from prompts.source import Finding
from prompts.template import PlainSandbox

QUOTING = ("words", "cover", "own")
"""The macros through which words of the two enter."""


def find_unquoted(name: str, text: str, original: str) -> list[Finding]:
    """Find words of the two that do not come in as they do in the original."""
    ours = PlainSandbox().parse(original)
    wanted, bare = dict(_quoted(ours)), dict(_bare(ours))
    tree = PlainSandbox().parse(text, name)
    there = dict(_quoted(tree))
    findings = [
        Finding(
            name, 1, f"“{_shown(call)}” is missing: words of the two are not said.", "Write it as ours does."
        )
        for call in wanted
        if call not in there
    ]
    findings += [
        Finding(
            name, line, f"“{_shown(call)}” is not how ours brings in these words.", "Write it as ours does."
        )
        for call, line in there.items()
        if call not in wanted
    ]
    parts = {_written(part, _loops(ours)) for part in ours.find_all(nodes.Getattr)}
    for part in tree.find_all(nodes.Getattr):
        if (path := _written(part, _loops(tree))) not in parts:
            wrong = f"`{path}` is not a value that ours says."
            findings.append(
                Finding(name, part.lineno, wrong, f"It says: {', '.join(sorted(parts)) or 'none'}.")
            )
    words = {values[0] for _, values in wanted if values}
    for value, line in _bare(tree):
        if value not in bare and any(value == one or value.startswith(f"{one}.") for one in words):
            wrong = f"`{value}` is words of the two, and stands here without its quotation."
            findings.append(Finding(name, line, wrong, "Take it out: the quotation brings it in."))
    return findings


QuotingCall = tuple[str, tuple[str, ...]]
"""A macro, and what it is given, as it is written."""


def _quoted(tree: nodes.Template) -> Iterator[tuple[QuotingCall, int]]:
    names, loops = dict(_imported(tree)), _loops(tree)
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and (macro := names.get(call.node.name, "")) in QUOTING:
            named = [f"{one.key}={_written(one.value, loops)}" for one in call.kwargs]
            yield (macro, (*(_written(one, loops) for one in call.args), *named)), call.lineno


def _imported(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    for imported in tree.find_all(nodes.FromImport):
        for item in imported.names:
            yield (item, item) if isinstance(item, str) else (item[1], item[0])


def _bare(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """Find values that are said as they stand."""
    loops = _loops(tree)
    for output in tree.find_all(nodes.Output):
        for said in _said(output.nodes):
            yield _written(said, loops), said.lineno


def _loops(tree: nodes.Template) -> Mapping[str, str]:
    """Tell what a loop's variable is taken from."""
    loops: dict[str, str] = {}
    for loop in tree.find_all(nodes.For):
        if isinstance(loop.target, nodes.Name):
            loops[loop.target.name] = _written(loop.iter, loops)
    return loops


def _said(parts: list[nodes.Expr]) -> Iterator[nodes.Expr]:
    for part in parts:
        if isinstance(part, nodes.CondExpr):
            yield from _said([part.expr1, *([part.expr2] if part.expr2 else [])])
        elif isinstance(part, nodes.Filter) and part.name != "length" and part.node is not None:
            yield from _said([part.node])
        elif isinstance(part, nodes.Or | nodes.And):
            yield from _said([part.left, part.right])
        elif isinstance(part, nodes.Name | nodes.Getattr):
            yield part


def _written(part: nodes.Node, loops: Mapping[str, str]) -> str:
    """Write an expression as a person does, each loop's variable by what it is taken from."""
    if isinstance(part, nodes.Getattr):
        return f"{_written(part.node, loops)}.{part.attr}"
    if isinstance(part, nodes.Name):
        return loops.get(part.name, part.name)
    return repr(part.value).lower() if isinstance(part, nodes.Const) else str(part)


def _shown(call: QuotingCall) -> str:
    return f"{{{{ {call[0]}({', '.join(call[1])}) }}}}"
