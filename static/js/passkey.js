// Passkeys: the browser makes one or shows one, and the form sends what it says. Without support the form stays hidden.
const { PublicKeyCredential: Passkey } = window;
const works = Passkey?.parseCreationOptionsFromJSON && !/^[\d.]+$|^\[/.test(location.hostname);

async function options(form) {
	if (!form.dataset.opties) return JSON.parse(document.getElementById("passkey-opties").textContent);
	const answer = await fetch(form.dataset.opties, { headers: { Accept: "application/json" } });
	return answer.json();
}

async function credential(form) {
	const { publicKey } = await options(form);
	if (form.dataset.passkey === "maak") {
		return navigator.credentials.create({ publicKey: Passkey.parseCreationOptionsFromJSON(publicKey) });
	}
	return navigator.credentials.get({ publicKey: Passkey.parseRequestOptionsFromJSON(publicKey) });
}

for (const form of works ? document.querySelectorAll("[data-passkey]") : []) {
	const fault = form.querySelector("[data-fout]");
	form.hidden = false;
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		fault.hidden = true;
		try {
			form.elements.credential.value = JSON.stringify(await credential(form));
			form.submit();
		} catch {
			fault.hidden = false;
		}
	});
}
for (const sentence of works ? document.querySelectorAll("[data-zonder-passkey]") : []) sentence.hidden = true;
