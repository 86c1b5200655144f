// Leave quickly: the page is gone at once, and back does not lead to it. Without script the button is a plain link, and
// the text beside it says so.
const knop = document.querySelector(".snel-weg a");
const BINNEN = 5000; // milliseconds for three times Shift

const weg = () => {
	document.documentElement.hidden = true; // the other page may take a while
	document.title = new URL(knop.href).hostname;
	location.replace(knop.href);
};

knop.addEventListener("click", (gebeurtenis) => {
	gebeurtenis.preventDefault();
	weg();
});

// Shift, as on the sites of others that have this button: alone it does nothing, while Escape closes things in the
// browser and in what reads the screen aloud.
let keren = [];
addEventListener("keyup", ({ key, timeStamp }) => {
	keren = key === "Shift" ? [...keren, timeStamp].slice(-3) : [];
	if (keren.length === 3 && timeStamp - keren[0] < BINNEN) weg();
});

for (const tekst of document.querySelectorAll("[data-met-script], [data-zonder-script]")) {
	tekst.hidden = "zonderScript" in tekst.dataset;
}
