"""Say whether a newer Bot API is out than the sandbox's table states; ends with 1 where one is.

aiogram declares which version it speaks, and follows Telegram within days. To ask its newest release, whatever this
project pins:

    .uv/bin/uv run -q --no-project --isolated --with aiogram python tests/sandbox/newest_api.py
"""

import json
import sys
from pathlib import Path

import aiogram

TABLE = Path(__file__).parents[2] / "bot" / "sandbox" / "bot-api.json"


def main() -> int:
    """Compare the two versions."""
    ours = json.loads(TABLE.read_text(encoding="utf-8"))["version"]
    newest = f"Bot API {aiogram.__api_version__}"
    if newest == ours:
        sys.stdout.write(f"The table states {ours}, as aiogram {aiogram.__version__} does.\n")
        return 0
    advice = f"pin aiogram {aiogram.__version__} and run tests/sandbox/make_table.py"
    sys.stdout.write(f"The table states {ours}, aiogram {aiogram.__version__} {newest}: {advice}.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
