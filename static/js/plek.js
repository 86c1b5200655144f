// "My place" asks the phone where it is, after a tap. What leaves the phone is rounded to some hundred metres.
const toon = () => { document.querySelector("[data-plek]").hidden = !navigator.geolocation; };

const zoekBij = (form, { latitude, longitude }) => {
	for (const oud of form.querySelectorAll("[name=bij]")) oud.value = "";
	const plek = Object.assign(document.createElement("input"), { type: "hidden", name: "bij", value: `${latitude.toFixed(3)},${longitude.toFixed(3)}` });
	form.append(plek);
	form.requestSubmit();
};

document.addEventListener("click", ({ target }) => {
	const knop = target.closest("[data-plek]");
	if (!knop) return;
	const geen = () => { knop.hidden = true; document.querySelector("#bij").focus(); };
	navigator.geolocation.getCurrentPosition(({ coords }) => zoekBij(knop.form, coords), geen, { timeout: 10000, maximumAge: 300000 });
});

document.addEventListener("lijst", toon); // the list was shown anew in place
toon();
