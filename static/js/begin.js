// What every page starts with. The rest of a behaviour is a module of its own, and comes when somebody uses it.
const vorm = document.querySelector("#bewaar");
const lijst = document.querySelector("#resultaten[data-script]");

// Saving: when there is a list on this device, or when somebody saves.
const bewaar = async (knop) => (await import(vorm.dataset.script)).default(knop);

vorm.addEventListener("submit", (gebeurtenis) => {
	const knop = gebeurtenis.submitter;
	if (vorm.gewoon || !knop) return;
	gebeurtenis.preventDefault();
	bewaar(knop).catch(() => {
		vorm.gewoon = true;
		knop.click();
	});
});

for (const naam of ["pageshow", "storage", "kaarten"]) {
	addEventListener(naam, async () => {
		try {
			if (localStorage.bewaarlijst) await bewaar();
		} catch {} // blocked: the address keeps the list
	});
}

// A list changes in place when a filter is used; the links and forms go the ordinary way when that fails.
const vraag = (gebeurtenis, adres) => {
	gebeurtenis.preventDefault();
	import(lijst.dataset.script).then((module) => module.default(adres)).catch(() => { location.href = adres; });
};

const adres = (form) => {
	const velden = new URLSearchParams([...new FormData(form)].filter(([, waarde]) => waarde));
	return velden.size ? `${form.action.split("?")[0]}?${velden}` : form.action.split("?")[0];
};

document.addEventListener("submit", (gebeurtenis) => {
	if (lijst && gebeurtenis.target.matches(".filters, .zoek")) vraag(gebeurtenis, adres(gebeurtenis.target));
});

// "My place", where the browser knows such a thing.
const toonPlek = () => {
	for (const knop of document.querySelectorAll("[data-plek]")) knop.hidden = !navigator.geolocation;
};

document.addEventListener("click", (gebeurtenis) => {
	const { target, metaKey, ctrlKey, shiftKey, button } = gebeurtenis;
	const knop = target.closest("[data-plek]");
	const link = target.closest("#resultaten :is(a.chip, .bladeren a, .rij a.doorlink)");
	if (knop) import(knop.dataset.plek).then((module) => module.default(knop));
	else if (lijst && link && !metaKey && !ctrlKey && !shiftKey && !button) vraag(gebeurtenis, link.href);
});

addEventListener("kaarten", toonPlek); // a list was shown anew
toonPlek();
