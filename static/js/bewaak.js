// Leaving a form that was changed asks whether to, also when it came back with what was typed; sending it does not.
for (const form of document.querySelectorAll("[data-bewaak]")) {
	let changed = form.dataset.bewaak === "vuil";
	form.addEventListener("input", () => { changed = true; });
	form.addEventListener("submit", () => { changed = false; });
	addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
