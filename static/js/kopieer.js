// A link goes to the clipboard and the page says so; where that is refused, the link itself is shown to be copied by hand.
for (const knop of document.querySelectorAll("[data-kopieer]")) {
	knop.hidden = false;
	knop.addEventListener("click", async () => {
		const { kopieer, klaar } = knop.dataset;
		const melding = knop.nextElementSibling;
		melding.textContent = "";
		try {
			await navigator.clipboard.writeText(kopieer);
			melding.textContent = klaar;
		} catch {
			melding.textContent = kopieer;
		}
	});
}
