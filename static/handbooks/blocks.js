// Buttons and lists that put a block, a law, a picture or a link where the caret is.
export function insertBlocks(form) {
  const tools = form.querySelector("[data-tools]");
  tools.hidden = false;
  for (const button of form.querySelectorAll("button[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => insert(form.elements.body, button.dataset.insert));
  }
  for (const select of tools.querySelectorAll("select")) {
    select.addEventListener("change", () => {
      const chosen = select.selectedOptions[0];
      if (chosen.dataset.insert) insert(form.elements.body, chosen.dataset.insert);
      select.selectedIndex = 0;
    });
  }
}

// What is selected goes where the pattern has its mark; a block begins on its own line.
function insert(area, pattern) {
  const { selectionStart: start, selectionEnd: end, value } = area;
  const isBlock = pattern.startsWith(":::") || pattern.startsWith("##");
  const lead = isBlock && start > 0 && value[start - 1] !== "\n" ? "\n\n" : "";
  const [before, after = ""] = pattern.split("¦");
  const selected = value.slice(start, end);
  area.focus();
  area.setRangeText(lead + before + selected + after, start, end, "end");
  const caret = start + lead.length + before.length + selected.length;
  area.setSelectionRange(caret, caret);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}
