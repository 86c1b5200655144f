// Leaving a form that was changed asks whether to; sending it does not.
for (const form of document.querySelectorAll("[data-bewaak]")) {
	let changed = false;
	form.addEventListener("input", () => { changed = true; });
	form.addEventListener("submit", () => { changed = false; });
	addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
