#!/usr/bin/env bash
# babel==2.19.0
# A Jinja tag in a message is taken for both of Python's ways of formatting at once, and the entry is flagged so.
#
# Catalog.add flags what Python's % operator or str.format could read: "{% if x %}" counts as both, and so does any
# other tag, while "{{ x }}" counts as neither. So a template that is handed to translators as a message carries the flags
# python-format and python-brace-format, and a tool that believes them compares "formats" that are none: in another
# language the conditions stand in other places. Whoever exports templates takes the flags off again.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check babel==2.19.0
"$folder/venv/bin/python" - <<'PY'
import io
from importlib.metadata import version

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

print("babel", version("babel"))
texts = ("{% if x %}Tea.{% endif %}", "{% for x in y %}Tea.{% endfor %}", "{% block x %}Tea.{% endblock %}", "{{ x }}, tea.")
catalog = Catalog()
flags = [sorted(catalog.add(text).flags) for text in texts]
for text, found in zip(texts, flags, strict=True):
    print(f"{text:<40} {found}")
written = io.BytesIO()
write_po(written, catalog, omit_header=True)
print(written.getvalue().decode())
both = ["python-brace-format", "python-format"]
assert flags == [both, both, both, []], "it has changed"
PY
echo "as described"
