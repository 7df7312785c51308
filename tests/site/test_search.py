"""The search of the pages: it finds what the one table says, by the words that Python finds."""

import json
from pathlib import Path
from typing import Any

from targetmarkets.kb.json_file import load
from targetmarkets.site import build, folder
from targetmarkets.site.searching import folded
from targetmarkets.text.words import asked, words_in
from tests.build import content
from tests.site.browser import opened
from tests.text.test_words import FOUND, NOT_FOUND


def test_the_folding_of_the_page_is_that_of_python(browser: Any, site: Path) -> None:
    texts = [text for text, *_ in (*FOUND, *NOT_FOUND)] + [query for _, query, *_ in FOUND]
    with opened(browser) as watched:
        watched.goto(f"{site.as_uri()}/search.html")
        assert watched.page.evaluate("texts => texts.map(asked)", texts) == list(map(asked, texts))
        found = watched.page.evaluate("texts => texts.map(words)", texts)
        assert found == list(map(words_in, texts))


def test_what_is_found_is_what_the_table_says(browser: Any, site: Path) -> None:
    holds = "([words, query]) => parsed(query).every(term => holds(words, term))"
    with opened(browser) as watched:
        watched.goto(f"{site.as_uri()}/search.html")

        def finds(text: str, query: str) -> bool:
            return bool(watched.page.evaluate(holds, [folded(f"In {text}, that is."), query]))

        assert [pair for *pair, _ in FOUND if not finds(*pair)] == []
        assert [pair for pair in NOT_FOUND if finds(*pair)] == []


def test_names_are_found_however_they_are_typed(browser: Any, tmp_path: Path) -> None:
    named = {
        "lodz": "Łódź",
        "ivory": "Côte d’Ivoire",
        "tank": "Makers of the T-54/55 of Korea’s army",
    }
    groups = [{"id": id_, "name": name, "members": []} for id_, name in named.items()]
    path = tmp_path / "customers.json"
    path.write_text(json.dumps(content(groups=groups)), "utf-8")
    folder.write(tmp_path / "pages", build.pages(load(path)), "")
    queries = {
        "lodz": ["lodz", "Łódź", "LODZ", "lod"],
        "ivory": ["ivoire", "cote d'ivoire", "Côte", "cote ivoire"],
        "tank": ["T-54", "T54", "54", "t55", "korea", "Korea's", '"T-54/55"', "makers -ivoire"],
    }
    with opened(browser) as watched:
        watched.goto(f"{(tmp_path / 'pages').as_uri()}/search.html")
        for id_, asked_for in queries.items():
            for query in asked_for:
                watched.page.fill("#query", query)
                links = watched.page.locator("#hits a")
                hrefs = [link.get_attribute("href") for link in links.all()]
                assert hrefs == [f"group/{id_}.html"], query
        watched.page.fill("#query", "ivoir")
        assert watched.page.inner_text("#hits mark") == "d’Ivoire"
        watched.page.fill("#query", "nowhere")
        assert "Nothing found" in watched.page.inner_text("#found")


def test_a_search_leads_to_its_place(browser: Any, site: Path) -> None:
    with opened(browser) as watched:
        watched.goto(f"{site.as_uri()}/search.html#q=outbreak+civil")
        watched.page.fill("#query", '"civil war" outbreak')
        watched.page.wait_for_selector("#hits a")
        kinds = watched.page.locator("#hits .meta").all_inner_texts()
        assert any(kind.startswith("archived text") for kind in kinds)
        assert watched.page.url.endswith("#q=%22civil%20war%22%20outbreak")
        watched.page.locator("#hits a", has_text="outbreak").first.click()
        assert "/search.html" not in watched.page.url
