// "My place" asks the phone where it is. What leaves the phone is rounded to some hundred metres.
const zoekBij = (form, { latitude, longitude }) => {
	for (const oud of form.querySelectorAll("[name=bij]")) oud.value = "";
	const value = `${latitude.toFixed(3)},${longitude.toFixed(3)}`;
	form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "bij", value }));
	form.requestSubmit();
};

export default (knop) => {
	const geen = () => { // not allowed, or not known: the box for a postcode stays
		knop.hidden = true;
		document.querySelector("#bij").focus();
	};
	navigator.geolocation.getCurrentPosition(({ coords }) => zoekBij(knop.form, coords), geen, { timeout: 10000, maximumAge: 300000 });
};
