// The short list. The rest of its script comes when there is one here, or when somebody saves.
const vorm = document.querySelector("#bewaar");
const rest = async (knop) => (await import(vorm.dataset.script)).default(knop);

vorm.addEventListener("submit", (gebeurtenis) => {
	const knop = gebeurtenis.submitter;
	if (vorm.gewoon || !knop) return;
	gebeurtenis.preventDefault();
	rest(knop).catch(() => {
		vorm.gewoon = true;
		knop.click();
	});
});

for (const naam of ["pageshow", "storage", "kaarten"]) {
	addEventListener(naam, async () => {
		try {
			if (localStorage.bewaarlijst) await rest();
		} catch {} // blocked: the address keeps the list
	});
}
