// Django's search box for a choice opens without a name and without saying which list it steers.
window.addEventListener("load", () => {
  window.django?.jQuery?.(document).on("select2:open", ({ target }) => {
    const label = document.querySelector(`label[for="${CSS.escape(target.id)}"]`);
    const box = document.querySelector(".select2-container--open .select2-search__field");
    const choice = target.nextElementSibling?.querySelector("[role=combobox]");
    const list = document.querySelector(".select2-container--open .select2-results__options");
    box?.setAttribute("aria-label", label?.textContent.trim() ?? "");
    if (list?.id) {
      choice?.setAttribute("aria-controls", list.id);
      box?.setAttribute("aria-controls", list.id);
    }
  });
});
