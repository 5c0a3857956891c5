// The page works without this. It names the package on the button, shows times in the reader's zone, and keeps the page up to date.
(() => {
  const get = (root) => {
    const button = root.querySelector('[data-get]');
    const chosen = root.querySelector('input[name=credits]:checked');
    if (button) {
      button.textContent = chosen ? `Get ${chosen.value} credits` : 'Get credits';
    }
  };

  const local = (root) => {
    for (const time of root.querySelectorAll('time[datetime]')) {
      const at = new Date(time.dateTime);
      const short = !time.hasAttribute('data-full') && at.toDateString() === new Date().toDateString();
      time.title = time.textContent;
      time.textContent = at.toLocaleString('en', short ? { timeStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' });
    }
  };

  const ready = (root) => {
    get(root);
    local(root);
  };

  const announce = (before, after) => {
    if (before !== after) {
      document.getElementById('announcer').textContent = `Your balance is now ${after} credits.`;
    }
  };

  let touched = false;
  document.addEventListener('input', (event) => {
    if (event.target.closest('#live-form')) {
      touched = true;
      get(document);
    }
  });

  const replace = (page) => {
    const balance = document.getElementById('balance').textContent;
    for (const old of document.querySelectorAll('[data-live]')) {
      const fresh = page.getElementById(old.id);
      if (!fresh) {
        continue;
      }
      if (old.dataset.key !== undefined && old.dataset.key === fresh.dataset.key) {
        continue;
      }
      if (old.dataset.live === 'untouched' && (touched || old.contains(document.activeElement))) {
        continue;
      }
      old.replaceWith(fresh);
      ready(fresh);
    }
    announce(balance, document.getElementById('balance').textContent);
  };

  // A page that nobody uses stops polling, so that it does not keep its session alive for ever.
  const patience = 10 * 60 * 1000;
  const started = Date.now();
  let lastActive = started;
  for (const sign of ['input', 'click', 'scroll', 'visibilitychange']) {
    document.addEventListener(sign, () => { lastActive = Date.now(); }, { passive: true });
  }

  const busy = () => document.getElementById('live-status').dataset.busy === 'true';
  const pause = () => (busy() || Date.now() - started < 15000 ? 1000 : 5000);

  const follow = async () => {
    if (!document.hidden && Date.now() - lastActive < patience) {
      try {
        const answer = await fetch('/profile', { headers: { Accept: 'text/html' } });
        if (answer.redirected || !answer.ok) {
          return;
        }
        replace(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      } catch {
        // Offline, or the server is restarting: the next request may succeed.
      }
    }
    setTimeout(follow, pause());
  };

  if (document.getElementById('live-status')) {
    ready(document);
    setTimeout(follow, 1000);
  }
})();
