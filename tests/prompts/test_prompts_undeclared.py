"""What a template needs to be given is read off its tree as Jinja's own compiler would say."""

import pytest
from jinja2 import meta

from prompts.source import ROOT
from prompts.template import PlainSandbox
from prompts.undeclared import find_undeclared

WRITTEN = {path.name: path.read_text("utf-8") for path in sorted(ROOT.glob("en/**/*.j2"))}
MADE = (
    "{% macro b(what, y=z) %}{{ what }}{{ q }}{% endmacro %}{{ b(other) }}",
    "{% if a %}{% macro m() %}{% endmacro %}{% endif %}{{ m() }}",
    "{% if a %}{% macro m() %}{% endmacro %}{% elif b %}{% macro m() %}{% endmacro %}{% endif %}{{ m() }}",
    "{% if a %}{% macro m() %}{% endmacro %}{% else %}{% macro m() %}{% endmacro %}{% endif %}{{ m() }}",
    "{{ m() }}{% macro m() %}{% endmacro %}",
    "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}{{ c() }}{% endmacro %}",
    "{% for x in xs if x %}{{ loop.last }}{% else %}{{ x }}{{ loop }}{% endfor %}{{ x }}{{ loop }}",
    "{% for a, b in c %}{{ a }}{{ b }}{% endfor %}{{ b }}",
    "{% for x in x %}{{ x }}{% endfor %}",
    '{% from "_macros.html.j2" import x as y, z %}{{ y(z) }}{{ x }}',
    "{% macro m(a) %}{{ m(a) }}{{ caller }}{{ varargs }}{{ kwargs }}{% endmacro %}{{ caller }}",
    "{% macro m(a, b=a, c=d) %}{{ c }}{% endmacro %}",
    "{% for q in w %}{% macro m() %}{{ m() }}{{ q }}{% endmacro %}{% endfor %}{{ m() }}",
    "{% if a %}{{ b }}{% elif c is defined %}{{ d|length }}{% else %}{{ e if f else g.h }}{% endif %}",
)


@pytest.mark.parametrize("text", [*WRITTEN.values(), *MADE], ids=(*WRITTEN, *MADE))
def test_the_values_a_template_needs_are_those_that_its_compiler_looks_up(text: str) -> None:
    """In every template of ours, and in made-up ones that go in and out of each construct."""
    tree = PlainSandbox().parse(text)
    assert find_undeclared(tree) == meta.find_undeclared_variables(tree)
