// Reads an activity aloud, each piece of text in a voice of its own language. Without a fitting voice the buttons stay
// hidden. Nothing is said before somebody asks for it.
const stem = window.speechSynthesis;
const balk = document.querySelector(".voorlezen");
const BLOK = "h1, h2, h3, p, li, dt, dd, address, div, br";
const NIET = "button, .knop, .doorlink, figure, svg";
const RUSTIG = 0.9; // many who listen are still learning the language

const kort = (taal) => taal.split(/[-_]/)[0].toLowerCase(); // Android says nl_NL

// A voice that is not on the device sends the text to a company, and nobody said yes to that.
const stemVoor = (taal) => {
	const kan = stem.getVoices().filter((voice) => voice.localService !== false && kort(voice.lang) === kort(taal));
	return kan.find((voice) => voice.default) ?? kan[0];
};

// The pieces of text in a part of the page, in order. What nobody sees is not read either.
const stukken = (deel) => {
	const gevonden = [];
	let nieuw = true;
	const schrijf = (tekst, taal) => {
		if (nieuw || gevonden.at(-1).taal !== taal) gevonden.push({ tekst, taal });
		else gevonden.at(-1).tekst += tekst;
		nieuw = false;
	};
	const loop = (el) => {
		if (el.matches(NIET) || !el.getClientRects().length) return;
		const isBlok = el.matches(BLOK);
		nieuw ||= isBlok && el.localName !== "dd"; // a term and what it says are one sentence: "Wanneer: elke dinsdag"
		for (const kind of el.childNodes) {
			if (kind.nodeType === Node.ELEMENT_NODE) loop(kind);
			else if (kind.nodeType === Node.TEXT_NODE && !(nieuw && !kind.data.trim())) schrijf(kind.data, el.closest("[lang]").lang);
		}
		if (el.localName === "dt") schrijf(": ", el.closest("[lang]").lang);
		else nieuw ||= isBlok;
	};
	loop(deel);
	return gevonden
		.map(({ tekst, taal }) => ({ tekst: tekst.replace(/\s+/g, " ").trim(), taal }))
		.filter(({ tekst }) => /[\p{L}\p{N}]/u.test(tekst));
};

// Browsers stop in the middle of a long text, so they get it sentence by sentence.
const zinnen = ({ tekst, taal }) => {
	if (!Intl.Segmenter) return [tekst];
	return [...new Intl.Segmenter(taal, { granularity: "sentence" }).segment(tekst)].map(({ segment }) => segment.trim());
};

const maakKlaar = () => {
	const [door, stop] = balk.querySelectorAll("button");
	const delen = [...document.querySelectorAll("[data-lees]")];
	let rij = []; // what is said: sentences, each with its voice
	let nu = 0;
	let uiting = null; // kept here, or Chrome forgets that it is still speaking

	const toon = (stand) => {
		for (const woord of door.children) woord.hidden = woord.dataset.als !== stand;
		if (stand === "stil" && document.activeElement === stop) door.focus();
		stop.hidden = stand === "stil";
	};
	const zwijg = (stand) => {
		uiting = null;
		stem.cancel(); // not pause(): Android does not go on after it
		toon(stand);
	};
	const zeg = () => {
		if (nu >= rij.length) return zwijg("stil");
		const deze = (uiting = new SpeechSynthesisUtterance(rij[nu].zin));
		Object.assign(deze, { voice: rij[nu].voice, lang: rij[nu].voice.lang, rate: RUSTIG });
		deze.onend = () => { if (deze === uiting) { nu += 1; zeg(); } };
		deze.onerror = () => { if (deze === uiting) zwijg("stil"); };
		stem.speak(deze);
		toon("leest");
	};
	const begin = () => {
		nu = 0;
		rij = delen.flatMap(stukken).flatMap((stuk) => {
			const voice = stemVoor(stuk.taal);
			return voice ? zinnen(stuk).map((zin) => ({ zin, voice })) : [];
		});
		zeg();
	};

	door.addEventListener("click", () => {
		if (uiting) zwijg("wacht");
		else if (stop.hidden) begin();
		else zeg();
	});
	stop.addEventListener("click", () => zwijg("stil"));
	addEventListener("pagehide", () => zwijg("stil"));
	// who looks at something else, perhaps because somebody comes near, wants silence
	document.addEventListener("visibilitychange", () => { if (document.hidden && uiting) zwijg("wacht"); });
};

// The language that most of the title, the summary and the description are in.
const hoofdtaal = () => {
	const lengte = {};
	for (const { tekst, taal } of [...document.querySelectorAll("[data-lees=hoofd]")].flatMap(stukken)) {
		lengte[taal] = (lengte[taal] ?? 0) + tekst.length;
	}
	return Object.keys(lengte).reduce((een, ander) => (lengte[ander] > lengte[een] ? ander : een));
};

if (balk && stem) {
	const taal = hoofdtaal();
	const kan = () => { balk.hidden = !stemVoor(taal); };
	stem.onvoiceschanged = kan; // many browsers load their voices late
	kan();
	maakKlaar();
}
