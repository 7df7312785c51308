"""Pages in a real browser: the proof, print, keyboard, hostile texts; and no request, ever."""

import json
import re
import shutil
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from targetmarkets.kb.json_file import FileKnowledge, load
from targetmarkets.site import build, folder
from tests import hostile
from tests.build import archive
from tests.site.browser import opened
from tests.site.kinds import KINDS


def test_no_page_asks_for_anything_or_complains(browser: Any, site: Path) -> None:
    with opened(browser) as watched:
        for path in KINDS.values():
            watched.goto(f"{site.as_uri()}/{path}")
            assert (watched.asked_beside_itself, watched.said) == ([], []), path


def test_every_quotation_is_proved_in_the_page(browser: Any, site: Path, kb: FileKnowledge) -> None:
    with opened(browser) as watched:
        for source in kb.archived:
            assert source.archive is not None
            watched.goto(f"{site.as_uri()}/source/{source.id}.html")
            watched.page.click("#prove")
            watched.page.wait_for_selector("#proved.good")
            said = watched.page.inner_text("#proved")
            number = len(kb.quotes_from(source.id))
            assert f"{source.archive.sha256}, as recorded" in said
            assert f"{number} of {number} quotations stand at their characters" in said
            verdicts = watched.page.locator("[data-verdict]").all_inner_texts()
            assert verdicts == [" ✓ stands there"] * number
            assert watched.asked_beside_itself == []


def test_what_was_changed_in_a_page_is_found_by_it(
    browser: Any, site: Path, tmp_path: Path
) -> None:
    """One character of the text, of a span, or of what is shown."""
    shutil.copytree(site / "source", tmp_path / "source")
    page = tmp_path / "source" / "nknews-2015.html"
    whole = page.read_text("utf-8")
    embedded = whole.rindex('id="archived"')
    shown = whole.index('<mark class="d1" data-q="2">New book')
    changes = {
        "text": (
            whole[:embedded] + whole[embedded:].replace("Korea", "Corea", 1),
            "NOT as recorded",
        ),
        "span": (
            re.sub(r'"start":60,"end":134', '"start":60,"end":133', whole),
            "29 of 30 quotations",
        ),
        "shown": (whole[:shown] + whole[shown:].replace("New book", "Old book", 1), "29 of 30"),
    }
    with opened(browser) as watched:
        for changed, said in changes.values():
            assert changed != whole
            page.write_text(changed, "utf-8")
            watched.goto(page.as_uri())
            watched.page.click("#prove")
            watched.page.wait_for_selector("#proved.bad")
            assert said in watched.page.inner_text("#proved")


def test_code_points_are_counted_and_a_page_without_crypto_says_so(
    browser: Any, tmp_path: Path
) -> None:
    text = "𝒯𝒽ℯ 🚢 ship, and 🚢🚢 more.\r\nSecond\x00 line.\n"
    start = text.index("🚢🚢")
    kb = archive(tmp_path / "kb", text, ("two-ships", start, start + 2, "🚢🚢"))
    folder.write(tmp_path / "pages", build.pages(load(kb)), "")
    with opened(browser) as watched:
        address = f"{(tmp_path / 'pages').as_uri()}/source/work.html"
        watched.goto(address)
        watched.page.click("#prove")
        watched.page.wait_for_selector("#proved.good")
        assert watched.page.inner_text("mark") == "🚢🚢"
        watched.page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
        watched.goto(address)
        watched.page.click("#prove")
        watched.page.wait_for_selector("#proved.bad")
        assert "The hash was NOT computed" in watched.page.inner_text("#proved")
        assert "1 of 1 quotations" in watched.page.inner_text("#proved")


def test_overlapping_quotations_are_each_reachable_and_visible(
    browser: Any, site: Path, kb: FileKnowledge
) -> None:
    with opened(browser) as watched:
        for source in kb.archived:
            watched.goto(f"{site.as_uri()}/source/{source.id}.html")
            for number, quote in enumerate(kb.quotes_from(source.id), start=1):
                opening = watched.page.locator(f'[id="q-{quote.id}"]')
                assert opening.count() == 1
                assert opening.is_visible()
                watched.page.locator(f'[id="n-{quote.id}"] h3 a').click()
                assert watched.page.url.endswith(f"#q-{quote.id}")
                pieces = watched.page.locator(f'mark[data-q~="{number}"]').all_inner_texts()
                assert _plain("".join(pieces)) == _plain(quote.exact)


def test_print_shows_marks_without_colour_and_can_be_read_back(
    browser: Any, site: Path, kb: FileKnowledge, tmp_path: Path
) -> None:
    import pypdfium2

    with opened(browser) as watched:
        for source in kb.archived:
            watched.goto(f"{site.as_uri()}/source/{source.id}.html")
            watched.page.emulate_media(media="print")
            lines = watched.page.eval_on_selector_all(
                "mark", "marks => marks.map(mark => getComputedStyle(mark).borderBottomStyle)"
            )
            assert set(lines) <= {"solid", "double"}
            watched.page.pdf(path=tmp_path / "page.pdf")
            document = pypdfium2.PdfDocument(tmp_path / "page.pdf")
            printed = _plain("".join(page.get_textpage().get_text_bounded() for page in document))
            for quote in kb.quotes_from(source.id):
                assert f"‘{_plain(quote.exact)}’" in printed, quote.id
            document.close()


def _plain(text: str) -> str:
    """A text without what setting it on paper changes: white space, ligatures, marks of a break."""
    return re.sub(r"[\s\ufffe\u0002]+", "", normalize("NFKC", text))


@pytest.mark.parametrize("kind", ["home", "search", "customer", "archived source"])
def test_a_keyboard_reaches_everything(browser: Any, site: Path, kind: str) -> None:
    focusable = "a[href]:not([tabindex='-1']), button:not([hidden]), input, summary, [tabindex='0']"
    with opened(browser) as watched:
        watched.goto(f"{site.as_uri()}/{KINDS[kind].partition('#')[0]}")
        page = watched.page
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        number = page.locator(focusable).count()
        page.evaluate("""() => {
          window.reached = new Set(); window.unseen = [];
          document.addEventListener("focusin", ({target}) => {
            reached.add(target);
            const {outlineStyle, outlineWidth} = getComputedStyle(target);
            const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
            if (!seen) unseen.push(target.outerHTML);
          });
        }""")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        # The browser tells of its new address a moment after the key.
        page.wait_for_function("location.hash === '#main'")
        for _ in range(number):
            page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        assert page.evaluate("unseen") == []
        in_main = page.locator("main").locator(focusable).count()
        assert page.evaluate("[...reached].filter(e => e.closest('main')).length") == in_main


def test_a_citation_is_copied(browser: Any, site: Path) -> None:
    with opened(browser) as watched:
        watched.goto(f"{site.as_uri()}/{KINDS['claim by quotation']}")
        buttons = watched.page.locator("button[data-copy]")
        assert buttons.count() == 3
        buttons.nth(2).click()
        watched.page.wait_for_function("document.getElementById('copied').textContent !== ''")
        expected = "[@berger-2015; paraphrased in @nknews-2015]"
        assert watched.page.inner_text("#pandoc") == expected


@pytest.mark.long
def test_hostile_texts_run_nothing_and_leave_nothing(browser: Any, attacked_site: Path) -> None:
    numbers = [
        number
        for number, name in enumerate(hostile.ATTACKS)
        if name in {**hostile.MARKUP, **hostile.LINES, **hostile.TERMINAL}
    ]
    paths = ["index.html", "search.html", "about.html", "events.html", "actors.html"]
    paths += [f"source/text-{number}.html" for number in numbers]
    paths += [f"{kind}-{number}.html" for kind in ("customer/customer", "claim/supplies")
              for number in numbers[::4]]  # fmt: skip
    with opened(browser) as watched:
        for path in paths:
            watched.goto(f"{attacked_site.as_uri()}/{path}")
            if path.startswith("source/"):
                watched.page.click("#prove")
                watched.page.wait_for_selector("#proved.good")
            assert (watched.asked_beside_itself, watched.said) == ([], []), path
        watched.goto(f"{attacked_site.as_uri()}/search.html")
        for query in ("script", "img", "javascript", "evil", "detail"):
            watched.page.fill("#query", query)
            assert watched.page.locator("#hits :not(li, a, span, mark, p)").count() == 0
        assert (watched.asked_beside_itself, watched.said) == ([], [])


def test_the_address_of_a_search_is_text(browser: Any, site: Path) -> None:
    query = "<img src=x onerror=alert(1)>%22"
    with opened(browser) as watched:
        watched.goto(f"{site.as_uri()}/search.html#q={json.dumps(query)[1:-1]}")
        watched.goto(f"{site.as_uri()}/search.html?again#q=%E0%A4%A")
        assert (watched.asked_beside_itself, watched.said) == ([], [])
