// A map that moves, on top of the drawing of the districts. Without script, or when the places do not come, the
// drawing stays. The server says what is in view; places that would lie on each other become one button here.
const vlak = document.querySelector(".kaartvlak");
const tekening = vlak.querySelector("svg");
const woorden = vlak.dataset;
const stil = matchMedia("(prefers-reduced-motion: reduce)").matches;
const NABIJ = 50; // pixels between two buttons

const maak = (soort, eigenschappen = {}, ...inhoud) => {
	const element = Object.assign(document.createElement(soort), eigenschappen);
	element.append(...inhoud);
	return element;
};

// --- the districts, from the drawing: its units are degrees, see kaartbeeld.py

const [west, zuid, oost, noord] = woorden.graden.split(",").map(Number);
const { x: links, y: boven, width: breed, height: hoog } = tekening.viewBox.baseVal;
const graden = (x, y) => [noord - ((y - boven) / hoog) * (noord - zuid), west + ((x - links) / breed) * (oost - west)];

const hoeken = (pad) => {
	const stappen = pad.getAttribute("d").match(/-?\d+/g).map(Number);
	let [x, y] = [0, 0];
	return stappen.flatMap((stap, n) => (n % 2 ? [graden(x, (y += stap))] : ((x += stap), [])));
};

const doos = maak("div", { className: "kaartdoos", dir: "ltr", role: "region", ariaLabel: woorden.naam });
doos.setAttribute("aria-describedby", "kaartuitleg");
vlak.append(doos);
const kaart = L.map(doos, {
	attributionControl: false, // the sources stand under the map, also without script
	zoomControl: false,
	scrollWheelZoom: false, // the page scrolls
	zoomSnap: 0.25,
	minZoom: 9,
	maxZoom: woorden.tegels ? 18 : 16, // without streets there is nothing to see from nearer
	maxBounds: L.latLngBounds([zuid, west], [noord, oost]).pad(0.5),
	zoomAnimation: !stil,
	fadeAnimation: !stil,
	markerZoomAnimation: !stil,
	inertia: !stil,
});
L.control.zoom({ position: "bottomleft", zoomInTitle: woorden.in, zoomOutTitle: woorden.uit }).addTo(kaart);

// Leaflet's own layer of tiles puts a data: URL in a tile that it no longer needs, which the policy of the site refuses
const Straten = L.GridLayer.extend({
	createTile(plek, klaar) {
		const tegel = maak("img", { alt: "", crossOrigin: "anonymous" });
		tegel.addEventListener("load", () => klaar(null, tegel));
		tegel.addEventListener("error", (fout) => klaar(fout, tegel));
		tegel.src = L.Util.template(woorden.tegels, { x: plek.x, y: plek.y, z: plek.z });
		return tegel;
	},
});
if (woorden.tegels) {
	new Straten().addTo(kaart);
	doos.classList.add("met-straten");
}

const [gekozen, stad] = [L.latLngBounds([]), L.latLngBounds([])];
for (const pad of tekening.querySelectorAll("path")) {
	const link = pad.closest("a");
	const isGekozen = link?.hasAttribute("aria-current");
	const vorm = L.polygon(hoeken(pad), { className: isGekozen ? "nu" : pad.getAttribute("class"), interactive: Boolean(link) });
	if (link) vorm.on("click", () => { location.href = link.getAttribute("href"); });
	if (isGekozen) gekozen.extend(vorm.getBounds());
	stad.extend(vorm.getBounds());
	vorm.addTo(kaart);
}

const namen = [...tekening.querySelectorAll("text")].map((naam) => {
	const html = maak("span", { ariaHidden: "true" }, naam.firstChild.textContent, maak("br"), naam.lastChild.textContent);
	const icon = L.divIcon({ className: "kaartnaam", html, iconSize: [0, 0] });
	const plek = graden(naam.x.baseVal[0].value, naam.y.baseVal[0].value);
	return L.marker(plek, { icon, interactive: false, keyboard: false }).addTo(kaart);
});

const ligtOp = (a, b) => {
	const { x, y } = kaart.latLngToLayerPoint(a.getLatLng()).subtract(kaart.latLngToLayerPoint(b.getLatLng()));
	return Math.abs(x) < 60 && Math.abs(y) < 40;
};

// --- buttons

const knoppen = L.layerGroup().addTo(kaart);
const sprite = document.querySelector(".hoofdmenu use").getAttribute("href").split("#")[0];
let laatste = ""; // the button that opened what is open

const teken = () => {
	const icoon = maak("span");
	icoon.innerHTML = '<svg class="icoon" width="24" height="24" aria-hidden="true"><use/></svg>';
	icoon.querySelector("use").setAttribute("href", `${sprite}#plaats`);
	return icoon.firstChild;
};

const zet = ({ punt, naam, aantal, lang, doe }) => {
	const knop = maak("button", { type: "button", className: aantal ? "kaartknop kaartknop--groep" : "kaartknop", ariaLabel: naam }, aantal || teken());
	if (lang) knop.lang = lang;
	knop.dataset.punt = punt;
	const start = () => { laatste = knop.dataset.punt; doe(); };
	// a press of a key comes as a click without pointer; Leaflet tells a tap from a drag
	knop.addEventListener("click", (gebeurtenis) => { if (!gebeurtenis.detail) { gebeurtenis.stopPropagation(); start(); } });
	const icon = L.divIcon({ className: "", html: knop, iconSize: [44, 44] });
	L.marker(punt, { icon, keyboard: false }).on("click", start).addTo(knoppen);
};

const terug = () => (doos.querySelector(`[data-punt="${laatste}"]`) || doos).focus({ preventScroll: true });

// --- what is open

const open = (punt, plekken, rest = "") => {
	const inhoud = maak("div", { dir: document.dir, className: "stapel-s" });
	for (const plek of plekken) {
		if (plek.plek) inhoud.append(maak("p", {}, maak("bdi", {}, plek.plek)));
		const links = plek.activiteiten.map(({ naam, url, lang }) => maak("li", lang ? { lang } : {}, maak("a", { href: url }, naam)));
		inhoud.append(maak("ul", { className: "kaartlijst" }, ...links));
	}
	if (rest) inhoud.append(maak("p", {}, rest));
	const ruimte = { minWidth: 160, maxWidth: Math.min(300, doos.clientWidth - 60), maxHeight: doos.clientHeight - 110 };
	const venster = L.popup({ ...ruimte, offset: [0, -14] }).setLatLng(punt).setContent(inhoud).openOn(kaart);
	venster.getElement().querySelector(".leaflet-popup-close-button").ariaLabel = woorden.sluit;
	inhoud.querySelector("a").focus({ preventScroll: true });
};

doos.addEventListener("keydown", (gebeurtenis) => { if (gebeurtenis.key === "Escape") kaart.closePopup(); });
kaart.on("popupclose", () => { if (!document.activeElement || document.activeElement === document.body || document.activeElement.closest(".leaflet-popup")) terug(); });

const naar = (grenzen) => {
	kaart.fitBounds(grenzen, { animate: !stil, padding: [30, 30], maxZoom: Math.max(15, kaart.getZoom() + 1) });
	doos.focus({ preventScroll: true });
};

// --- what is in view

let bezig = new AbortController();

const haal = async (grenzen) => {
	bezig.abort(); // of two moves the last one counts
	bezig = new AbortController();
	const adres = new URL(woorden.plekken, location.href);
	adres.searchParams.set("vak", grenzen.map((graad) => graad.toFixed(5)));
	adres.searchParams.set("zoom", kaart.getZoom());
	const antwoord = await fetch(adres, { signal: bezig.signal });
	if (!antwoord.ok) throw new Error(antwoord.status);
	return antwoord.json();
};

const bundels = (plekken) => {
	const gevonden = [];
	for (const plek of plekken) {
		const hier = kaart.latLngToLayerPoint(plek.punt);
		const buur = gevonden.find((bundel) => bundel.hier.distanceTo(hier) < NABIJ);
		if (buur) buur.plekken.push(plek);
		else gevonden.push({ hier, plekken: [plek] });
	}
	return gevonden.map((bundel) => bundel.plekken);
};

const toon = ({ plekken, groepen, melding }) => {
	const had = doos.contains(document.activeElement) && document.activeElement.dataset.punt;
	const dichtst = kaart.getZoom() >= kaart.getMaxZoom();
	knoppen.clearLayers();
	for (const { punt, naam, aantal, vak } of groepen) {
		const [z, w, n, o] = vak;
		const los = async () => { const meer = await haal([w, z, o, n]); open(punt, meer.plekken, meer.rest); };
		zet({ punt, naam, aantal, doe: dichtst ? los : () => naar([[z, w], [n, o]]) });
	}
	for (const samen of bundels(plekken.sort((a, b) => b.punt[0] - a.punt[0]))) {
		const [{ punt, naam, activiteiten }] = samen;
		if (samen.length === 1) zet({ punt, naam, lang: activiteiten[0].lang, doe: () => open(punt, samen) });
		else if (dichtst) zet({ punt, naam: woorden.samen.replace("{n}", samen.length), aantal: samen.length, doe: () => open(punt, samen) });
		else zet({ punt, naam: woorden.groep.replace("{n}", samen.length), aantal: samen.length, doe: () => naar(samen.map((plek) => plek.punt)) });
	}
	for (const naam of namen) naam.getElement().hidden = knoppen.getLayers().some((knop) => ligtOp(naam, knop));
	if (had) { laatste = had; terug(); }
	document.querySelector("#kaartmelding").textContent = melding;
};

const laad = async () => {
	const b = kaart.getBounds();
	const isNieuw = !vlak.classList.contains("is-levend");
	try {
		const antwoord = await haal([b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]);
		if (isNieuw && !antwoord.plekken.length && !antwoord.groepen.length) throw new Error("no places");
		toon(antwoord);
	} catch (fout) {
		if (isNieuw && fout.name !== "AbortError") {
			kaart.off().remove(); // the drawing says more
			doos.remove();
		}
		return;
	}
	vlak.classList.add("is-levend");
	for (const deel of document.querySelectorAll("#kaartuitleg, #straten")) deel.hidden = false;
};

kaart.on("moveend", laad);
kaart.fitBounds(gekozen.isValid() ? gekozen : stad, { animate: false });
