// Reads the page anew whenever the server says that something has changed. The server makes the
// page, with and without script: there is nothing to draw here.
const main = document.querySelector('main[data-events]');

// The visitor's own time beside UTC.
const localize = (root) => {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime()) || at.getTimezoneOffset() === 0) continue;
    const local = document.createElement('span');
    local.className = 'local';
    local.textContent = ` (${at.toLocaleTimeString()} local)`;
    time.append(local);
  }
};

// What a part of a timeline stands for, while it has the focus or the pointer.
const tell = (event) => {
  const part = event.target.closest && event.target.closest('.timeline [aria-label][tabindex]');
  const card = event.target.closest && event.target.closest('.card');
  const told = card && card.querySelector('.told');
  if (told) told.textContent = part ? part.getAttribute('aria-label') : '';
};

if (main) {
  localize(main);
  for (const type of ['focusin', 'mouseover']) main.addEventListener(type, tell);
  const source = new EventSource(main.dataset.events);
  let reading = false;
  let again = false;

  // Makes an element like another one and changes nothing that is the same: focus, selection,
  // scroll positions and live regions stay as they are.
  const update = (old, next) => {
    if (old.isEqualNode(next) || (old.classList && old.classList.contains('told'))) return;
    if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName || old.id !== next.id) {
      old.replaceWith(next);
      return;
    }
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.nodeValue !== next.nodeValue) old.nodeValue = next.nodeValue;
      return;
    }
    for (const { name } of [...old.attributes]) {
      const isOpened = name === 'open' && old.nodeName === 'DETAILS';
      if (!next.hasAttribute(name) && !isOpened) old.removeAttribute(name);
    }
    for (const { name, value } of next.attributes) {
      if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    }
    const before = [...old.childNodes];
    const after = [...next.childNodes];
    // a list that grows at its beginning keeps its items
    const added =
      old.nodeName === 'OL' && before[1]
        ? after.findIndex((child) => child.isEqualNode(before[1])) - 1
        : 0;
    if (added > 0) before[0].before(...after.splice(0, added));
    after.forEach((child, index) => {
      if (index < before.length) update(before[index], child);
      else old.append(child);
    });
    before.slice(after.length).forEach((child) => child.remove());
  };

  const replace = (next) => {
    localize(next);
    update(main, next);
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
