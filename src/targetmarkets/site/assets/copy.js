// @ts-check
// Copy a citation. Without the clipboard of the browser it is selected, to be copied by hand.

for (const button of document.querySelectorAll("button[data-copy]")) {
  const copied = /** @type {HTMLButtonElement} */ (button);
  copied.hidden = false;
  copied.addEventListener("click", async () => {
    const text = /** @type {HTMLElement} */ (document.getElementById(copied.dataset.copy ?? ""));
    const said = /** @type {HTMLElement} */ (document.getElementById("copied"));
    try {
      await navigator.clipboard.writeText(text.textContent ?? "");
      said.textContent = "Copied.";
    } catch {
      getSelection()?.selectAllChildren(text);
      said.textContent = document.execCommand("copy") ? "Copied." : "Selected: copy it by hand.";
    }
  });
}
