// Counts the seconds of a job that runs: the server makes the page, and makes it anew at each event.
setInterval(() => {
  for (const element of document.querySelectorAll('[data-since]')) {
    const seconds = Math.max(0, Math.round((Date.now() - Number(element.dataset.since)) / 1000));
    element.textContent = `${seconds} s`;
  }
}, 1000);
