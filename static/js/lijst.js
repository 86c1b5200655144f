// The list changes in place when a filter is used; without script every form and link here works all the same.
let hier = location.pathname + location.search;
let bezig = new AbortController();

const haal = async (url, bewaar) => {
	bezig.abort(); // of two quick clicks the last one counts
	bezig = new AbortController();
	const antwoord = await fetch(url, { signal: bezig.signal });
	if (!antwoord.ok) throw new Error(antwoord.status);
	const nieuw = new DOMParser().parseFromString(await antwoord.text(), "text/html");
	const actief = document.activeElement;
	const plek = actief?.name && [actief.name, actief.value];
	const open = [...document.querySelectorAll(".filterblad, .filtergroep")].map((el) => el.open);
	for (const deel of [".zoek", ".filterblad", "#resultaten", ".talenbalk"]) {
		document.querySelector(deel).replaceWith(nieuw.querySelector(deel));
	}
	document.querySelectorAll(".filterblad, .filtergroep").forEach((el, n) => { if (open[n] !== undefined) el.open = open[n]; });
	document.title = nieuw.title;
	if (bewaar) history.pushState(null, "", url);
	hier = location.pathname + location.search;
	const terug = plek && [...document.querySelectorAll(".filters input")].find((el) => el.name === plek[0] && el.value === plek[1]);
	(terug || document.querySelector("#gevonden")).focus({ preventScroll: Boolean(terug) });
	document.querySelector("#melding").textContent = document.querySelector("#gevonden").textContent;
	document.dispatchEvent(new Event("lijst"));
};

const ga = (url, bewaar = true) => haal(url, bewaar).catch((fout) => { if (fout.name !== "AbortError") location.href = url; });

const adres = (form) => {
	const vraag = new URLSearchParams([...new FormData(form)].filter(([, waarde]) => waarde));
	return vraag.size ? `${form.action.split("?")[0]}?${vraag}` : form.action.split("?")[0];
};

document.addEventListener("submit", (gebeurtenis) => {
	if (!gebeurtenis.target.matches(".filters, .zoek")) return;
	gebeurtenis.preventDefault();
	ga(adres(gebeurtenis.target));
});

document.addEventListener("click", (gebeurtenis) => {
	const link = gebeurtenis.target.closest("#resultaten a.chip, #resultaten .bladeren a, #resultaten .rij a.doorlink");
	if (!link || gebeurtenis.metaKey || gebeurtenis.ctrlKey || gebeurtenis.shiftKey || gebeurtenis.button) return;
	gebeurtenis.preventDefault();
	ga(link.href);
});

// also fires for a place on this page, such as that of the skip link
addEventListener("popstate", () => { if (location.pathname + location.search !== hier) ga(location.href, false); });
