"""The client of Hypothesis: the code of its package, out of the source maps that come with it."""

import json
import subprocess
from pathlib import Path
from typing import Any, Final

from tests.site.browser import module

_ENTRY: Final = """
export { anchor } from './src/annotator/anchoring/html';
export { readExportFile } from './src/sidebar/helpers/import';
export { annotationsByUser } from './src/sidebar/helpers/annotations-by-user';
export { annotationDisplayName } from './src/sidebar/helpers/annotation-user';
export { ImportAnnotationsService } from './src/sidebar/services/import-annotations';
export { renderMathAndMarkdown } from
  './node_modules/@hypothesis/annotation-ui/lib/utils/render-markdown';
"""

_LIBRARIES: Final = {
    "approx-string-match": "build/src/index.js",
    "dompurify": "dist/purify.es.mjs",
    "katex": "dist/katex.mjs",
    "showdown": "dist/showdown.js",
}
"""Where the maps have the libraries of the client, without what says so."""


def bundle(folder: Path) -> Path:
    """A script that has what the client imports, shows and anchors by, in a global `client`."""
    for name in ("annotator", "sidebar"):
        held = module(f"hypothesis/build/scripts/{name}.bundle.js.map").read_text("utf-8")
        read = json.loads(held)
        for path, text in zip(read["sources"], read["sourcesContent"], strict=True):
            place = folder / path.removeprefix("app:///")
            if text is not None and place.is_relative_to(folder) and ".." not in place.parts:
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_text(text, "utf-8")
    (folder / "entry.js").write_text(_ENTRY, "utf-8")
    (folder / "silent.js").write_text("export const captureException = () => {};", "utf-8")
    aliases = {lib: f"./node_modules/{lib}/{at}" for lib, at in _LIBRARIES.items()}
    aliases |= {"@sentry/browser": "./silent.js"}
    subprocess.run(
        [
            module("esbuild/bin/esbuild").resolve(), "entry.js", "--bundle", "--format=iife",
            "--global-name=client", "--outfile=client.js", "--log-level=error",
            *(f"--alias:{name}={path}" for name, path in aliases.items()),
        ],
        cwd=folder,
        check=True,
        capture_output=True,
    )  # fmt: skip
    return folder / "client.js"


IMPORT: Final = """async ([text, user]) => {
  const file = new File([text], 'export.json');
  const read = await client.readExportFile(file);
  const getDisplayName = ann => client.annotationDisplayName(ann, 'hypothes.is', false);
  const users = client.annotationsByUser({annotations: read, getDisplayName, excludeReplies: true});
  const saved = [];
  const store = {
    beginImport() {}, completeImport() {}, allAnnotations: () => [],
    profile: () => ({userid: 'acct:reader@hypothes.is'}), focusedGroupId: () => 'group',
    defaultContentFrame: () => null, isFeatureEnabled: () => false,
  };
  const service = new client.ImportAnnotationsService(
    store,
    {annotationFromData: data => ({...data}), save: async ann => { saved.push(ann); return ann; }},
    {success() {}, notice() {}, error() {}},
  );
  for (const each of users) await service.import(each.annotations);
  return [users.map(each => [each.userid, each.displayName, each.annotations.length]), saved];
}"""
"""What the client would save of a file, and the users among whom it has one choose."""

ANCHOR: Final = """async ([text, targets]) => {
  const root = document.createElement('pre');
  root.textContent = text;
  document.body.replaceChildren(root);
  const found = [];
  for (const selectors of targets) {
    const range = await client.anchor(root, selectors);
    const before = document.createRange();
    before.setStart(root, 0);
    before.setEnd(range.startContainer, range.startOffset);
    found.push([before.toString().length, range.toString()]);
  }
  return found;
}"""
"""Where it finds each passage of a text, and what stands there."""

SHOWN: Final = """texts => texts.map(text => {
  const page = document.createElement('div');
  page.innerHTML = client.renderMathAndMarkdown(text);
  const marked = page.querySelectorAll(':not(p):not(strong)').length;
  return [[...page.querySelectorAll('p')].map(each => each.textContent), marked];
})"""
"""The paragraphs that it shows of each text, and how many elements of any other kind."""


def asked(page: Any, script: Path, code: str, argument: object) -> Any:
    """What the client's code answers on an empty page."""
    page.goto("about:blank")
    page.add_script_tag(path=script)
    return page.evaluate(code, argument)
