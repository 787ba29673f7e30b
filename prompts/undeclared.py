"""Which values a template uses that it does not make itself.

Jinja's own answer (`jinja2.meta`) generates the whole program of a template and throws it away, which was a tenth
of the start. This reads the tree, for the few constructs that a template may have here; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jinja2 import nodes

Names = frozenset[str]
_IN_A_LOOP = frozenset({"loop"})
_IN_A_MACRO = frozenset({"caller", "kwargs", "varargs"})


def find_undeclared(tree: nodes.Template) -> set[str]:
    """Return the names of the values that a template is to be given."""
    used: set[str] = set()
    _block(tree.body, frozenset(), used)
    return used


def _block(body: list[nodes.Node], known: Names, used: set[str]) -> None:
    """Read a template, or the inside of a macro or a loop: there, also what is made later around it is known."""
    inner: list[nodes.Macro | nodes.For] = []
    made = known | frozenset(_made(body))
    _sequence(body, known, used, inner)
    for node in inner:
        if isinstance(node, nodes.Macro):
            inside = made | _IN_A_MACRO | {argument.name for argument in node.args}
            _block([*node.defaults, *node.body], inside, used)
        else:
            inside = made | _IN_A_LOOP | _targets(node.target)
            _block([*([node.test] if node.test else []), *node.body], inside, used)
            _block(node.else_, made, used)


def _sequence(
    body: Iterable[nodes.Node], known: Names, used: set[str], inner: list[nodes.Macro | nodes.For]
) -> Names:
    """Read nodes one after the other, but for the inside of macros and loops; return what is known after them."""
    for node in body:
        if isinstance(node, nodes.Name):
            used.update({node.name} - known)
        elif isinstance(node, nodes.If):
            _sequence([node.test], known, used, inner)
            ends = [_sequence(part, known, used, inner) for part in (node.body, node.elif_, node.else_)]
            known = frozenset.intersection(*ends)  # what one of the three does not make is unknown after them
        elif isinstance(node, nodes.For):
            _sequence([node.iter], known, used, inner)
            inner.append(node)
        elif isinstance(node, nodes.Macro | nodes.FromImport):
            known |= frozenset(_made([node]))
            inner += [node] if isinstance(node, nodes.Macro) else []
        else:
            known = _sequence(node.iter_child_nodes(), known, used, inner)
    return known


def _made(body: Iterable[nodes.Node]) -> Iterator[str]:
    """Yield the names of the macros that a block makes or imports."""
    for node in body:
        if isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)
        elif isinstance(node, nodes.If):
            yield from _made([*node.body, *node.elif_, *node.else_])


def _targets(target: nodes.Node) -> set[str]:
    found = {name.name for name in target.find_all(nodes.Name)}
    return found | {target.name} if isinstance(target, nodes.Name) else found
