// Runs on every page of the sandbox: opens the entry an address points to, and listens to the framed card.

function openTarget() {
  const entry = location.hash ? document.getElementById(location.hash.slice(1)) : null;
  if (entry instanceof HTMLDetailsElement) {
    entry.open = true;
    entry.scrollIntoView({ block: 'center' });
  }
}

/** Fetches this page again and puts in the parts that may have changed; what was open stays open. */
async function refresh() {
  const answer = await fetch(location.href, { headers: { Accept: 'text/html' } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  for (const part of document.querySelectorAll('[data-refresh]')) {
    const next = fresh.getElementById(part.id);
    if (!next || part.contains(document.activeElement)) continue;
    for (const open of part.querySelectorAll('details[open][id]')) {
      next.querySelector(`#${CSS.escape(open.id)}`)?.setAttribute('open', '');
    }
    part.replaceWith(next);
  }
}

function listenToCard(frame) {
  const origin = new URL(frame.src).origin;
  window.addEventListener('message', event => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const { type, height } = event.data ?? {};
    if (type === 'sidecard:height' && Number.isFinite(height)) {
      frame.style.height = `${Math.min(Math.max(height, 120), 6000)}px`;
    }
    if (type === 'sidecard:changed') void refresh();
  });
}

const frame = document.getElementById('sidecard');
if (frame) listenToCard(frame);
window.addEventListener('hashchange', openTarget);
openTarget();
