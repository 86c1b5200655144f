// The list is kept on the device: {lijst: token, nummers: [id, ...]}. The server makes tokens and keeps nothing.
// Which list counts? On the page of a list: the one in its address, also when it is somebody else's. Elsewhere: the one on
// the device, and only when that holds nothing the one in the address. Nothing is written before the reader does something.
const SLEUTEL = "bewaarlijst";
const vorm = document.querySelector("#bewaar");
const link = document.querySelector(".lijstbalk a");
const pagina = document.querySelector("[data-lijst]");
const houden = document.querySelector("#houden");
const inAdres = new URLSearchParams(location.search).get("lijst") ?? "";
let adresTelt = Boolean(vorm.lijst.value);
let wasEigen = false;
let rij = Promise.resolve();
let bezig = 0;

const opslag = (() => {
	try {
		return localStorage;
	} catch {
		return null; // blocked: everything goes the way without script
	}
})();

const lees = () => {
	try {
		const stand = JSON.parse(opslag.getItem(SLEUTEL));
		return Array.isArray(stand.nummers) && typeof stand.lijst === "string" ? stand : null;
	} catch {
		return null;
	}
};

const schrijf = ({ lijst, nummers }) => {
	opslag.setItem(SLEUTEL, JSON.stringify({ lijst, nummers }));
	adresTelt = false;
};

const adres = ({ lijst }) => (lijst ? `${vorm.action}?lijst=${lijst}` : vorm.action);

const stuur = (lijst, velden) => {
	const body = new URLSearchParams([["lijst", lijst], ...velden]);
	return fetch(vorm.action, { method: "POST", headers: { Accept: "application/json" }, body });
};

// A token that can no longer be read is no loss: the device knows what was in it.
const vraag = async (stand, velden = []) => {
	let antwoord = await stuur(stand.lijst, velden);
	if (antwoord.status === 400 && stand.nummers.length) {
		antwoord = await stuur("", [...stand.nummers.map((nummer) => ["erbij", nummer]), ...velden]);
	}
	if (!antwoord.ok) throw new Error(antwoord.status);
	return antwoord.json();
};

const toonPagina = (eigen) => {
	const isEigen = eigen?.lijst === inAdres;
	if (eigen?.nummers.length && (wasEigen || !inAdres) && !isEigen) return location.replace(adres(eigen));
	wasEigen = isEigen;
	link.hidden = isEigen || !eigen?.nummers.length;
	houden.hidden = isEigen || !inAdres || !opslag;
	houden.querySelector(".geen").hidden = eigen?.nummers.length;
	houden.querySelector(".andere").hidden = !eigen?.nummers.length;
};

const toon = () => {
	const eigen = lees();
	if (eigen) {
		link.href = adres(eigen);
		link.querySelector("b").textContent = eigen.nummers.length;
	}
	if (pagina) return toonPagina(eigen);
	if (!eigen || (adresTelt && !eigen.nummers.length)) return;
	link.hidden = !eigen.nummers.length;
	vorm.lijst.value = eigen.lijst;
	for (const knop of document.querySelectorAll(".bewaar")) {
		knop.name = eigen.nummers.includes(Number(knop.value)) ? "weg" : "erbij";
	}
	const hier = new URL(location);
	if (eigen.lijst && hier.searchParams.has("lijst")) {
		hier.searchParams.delete("lijst"); // who shares this page does not mean to share a list
		history.replaceState(history.state, "", hier);
	}
};

const doe = async (knop) => {
	const { name, value } = knop;
	const eigen = lees();
	vorm.terug.value = location.pathname + location.search; // for when it must go the way without script
	if (pagina && eigen?.lijst !== inAdres) throw new Error("somebody else's list: the link changes, the device does not");
	if (knop.matches(".bewaar")) knop.name = name === "weg" ? "erbij" : "weg"; // at once; `toon` sets it right
	try {
		const basis = eigen?.nummers.length ? eigen : { lijst: vorm.lijst.value, nummers: [] };
		const nieuw = await vraag(basis, [[name, value]]);
		schrijf(nieuw);
		if (pagina) location.replace(adres(nieuw));
		else if (name === "erbij" && !nieuw.nummers.includes(Number(value))) location.assign(adres(nieuw)); // full
		else toon();
	} catch (fout) {
		knop.name = name;
		throw fout;
	}
};

// One after the other: each change starts from the list that the one before it left.
const verander = (knop) => {
	const klaar = rij.then(() => doe(knop));
	rij = klaar.catch(() => {});
	bezig += 1;
	link.parentElement.ariaBusy = "true";
	rij.then(() => {
		bezig -= 1;
		if (!bezig) link.parentElement.ariaBusy = "false";
	});
	return klaar;
};

// Whoever is quicker than the answer still gets the whole list.
link.addEventListener("click", (gebeurtenis) => {
	if (!bezig) return;
	gebeurtenis.preventDefault();
	rij.then(() => location.assign(link.href));
});

houden?.querySelector("button").addEventListener("click", async () => {
	schrijf(await vraag({ lijst: inAdres, nummers: [] }));
	toon();
	const gehouden = document.querySelector("#gehouden");
	gehouden.textContent = gehouden.dataset.tekst;
	gehouden.className = "melding";
});

// The page of a list that cannot be read, while this device knows what was in it.
const herstel = async () => {
	const eigen = lees();
	if (pagina || !inAdres || eigen?.lijst !== inAdres || location.pathname !== new URL(vorm.action).pathname) return;
	const nieuw = await vraag(eigen);
	schrijf(nieuw);
	location.replace(adres(nieuw));
};

export default (knop) => (knop ? verander(knop) : toon());

toon();
herstel().catch(() => {}); // then the page stays as it is: it says what to do
