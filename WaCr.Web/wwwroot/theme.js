// Runs before the first paint: light, dark or as the system has it.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const choice = () => {
    try { return localStorage.getItem('theme') ?? 'system'; } catch { return 'system'; }
  };
  const apply = () => {
    const chosen = choice();
    const root = document.documentElement;
    root.dataset.theme = chosen === 'dark' || (chosen === 'system' && dark.matches) ? 'dark' : 'light';
    root.dataset.themeChoice = chosen;
    for (const button of document.querySelectorAll('[data-theme-set]')) {
      button.setAttribute('aria-pressed', String(button.dataset.themeSet === chosen));
    }
  };
  addEventListener('storage', apply);
  dark.addEventListener('change', apply);
  document.addEventListener('click', event => {
    const button = event.target.closest?.('[data-theme-set]');
    if (button) {
      try { localStorage.setItem('theme', button.dataset.themeSet); } catch { /* private mode: this page only */ }
      apply();
    }
  });
  apply();
})();
