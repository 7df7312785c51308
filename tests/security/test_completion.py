"""What completion hands a shell: words that it leaves alone, each on a line that nothing forges.

That bash, zsh and fish run nothing of it is tested with the shells themselves, in
`tests/cli/test_completion.py`.
"""

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests import hostile
from tests.build import content, customer
from tests.running import TM
from tests.security.reading import unsafe

SHELL = [
    "$(touch ran)",
    "`touch ran`",
    "';touch ran;'",
    '";touch ran;"',
    "a\n$(touch ran)",
    "~",
    "*",
]
UNSEEN = ["Xa\u3164b", "Xa\u1160b", "Xa\u200db", "Xa\U000e0041b", "Xa\u202eb"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_offers_words_and_single_lines(shell: str, tmp_path: Path) -> None:
    names = [*hostile.ATTACKS.values(), *SHELL, *UNSEEN]
    people = [customer(f"x{i}", name=f"X{n}", aliases=[f"X{n}"]) for i, n in enumerate(names)]
    odd = [{**customer("x"), "id": f"x{name}"} for name in names]
    file = tmp_path / "customers.json"
    file.write_text(json.dumps(content(customers=people + odd)), "utf-8")
    done = subprocess.run(
        [TM],
        env={
            **os.environ,
            "TM_KB": str(file),
            "_TM_COMPLETE": f"complete_{shell}",
            "_TYPER_COMPLETE_FISH_ACTION": "get-args",
            "_TYPER_COMPLETE_ARGS": "tm show x",
            "COMP_WORDS": "tm show x",
            "COMP_CWORD": "2",
        },
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert done.stderr == ""
    assert unsafe(done.stdout) == set()
    lines = done.stdout.splitlines()
    assert len(lines) >= len(people)
    if shell == "zsh":
        assert not re.search(r"[`$]", done.stdout)
    else:
        offers = [line.partition("\t")[0] for line in lines]
        assert all(re.fullmatch(r"[\w-]+", offer) for offer in offers)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["customers.json"]
