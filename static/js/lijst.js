// Shows the answer to another question in place. `begin.js` brings it when somebody uses a filter.
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
	dispatchEvent(new Event("kaarten"));
	document.querySelector("#melding").textContent = document.querySelector("#gevonden").textContent;
};

const ga = (url, bewaar = true) => haal(url, bewaar).catch((fout) => { if (fout.name !== "AbortError") location.href = url; });

export default ga;

// also fires for a place on this page, such as that of the skip link
addEventListener("popstate", () => { if (location.pathname + location.search !== hier) ga(location.href, false); });
