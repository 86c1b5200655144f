// Printing needs script: without it the buttons stay hidden.
for (const knop of document.querySelectorAll('[data-print]')) {
	knop.hidden = false;
	knop.addEventListener('click', () => window.print());
}
