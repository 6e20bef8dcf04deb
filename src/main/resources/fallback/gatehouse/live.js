// Reads the page anew whenever the server says that something has changed. The server makes the
// page, with and without script: there is nothing to draw here.
const main = document.querySelector('main[data-events]');

if (main) {
  const source = new EventSource(main.dataset.events);
  let reading = false;
  let again = false;

  const open = () => [...main.querySelectorAll('details[open]')].map((element) => element.id);

  const replace = (next) => {
    const opened = open();
    const focused = document.activeElement && document.activeElement.id;
    main.replaceChildren(...next.childNodes);
    for (const id of opened) {
      const element = document.getElementById(id);
      if (element) element.open = true;
    }
    if (focused && focused !== 'main') {
      const element = document.getElementById(focused);
      if (element) element.focus();
    }
    if (!next.dataset.events) source.close();
  };

  const read = async () => {
    again = reading;
    if (reading) return;
    reading = true;
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
      const text = await answer.text();
      const next = new DOMParser().parseFromString(text, 'text/html').querySelector('main');
      if (answer.ok && next) replace(next);
    } catch {
      // the connection is away; the next event, or the browser's next attempt, will tell
    } finally {
      reading = false;
      if (again) read();
    }
  };

  for (const type of ['state', 'progress', 'finding', 'status']) {
    source.addEventListener(type, read);
  }
  source.addEventListener('open', read);
}
