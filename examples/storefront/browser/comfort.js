// Comfort, not need: every page works without this. Menus close when one looks elsewhere, and the curtain
// opens in a drawer instead of a page of its own.

/** @param {Event} event */
function closeOthers(event) {
  for (const menu of document.querySelectorAll('details.menu[open], details.why[open]')) {
    if (event.target instanceof Node && !menu.contains(event.target) && menu instanceof HTMLDetailsElement)
      menu.open = false;
  }
}
document.addEventListener('click', closeOthers);

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  const menu = document.querySelector('details.menu[open]');
  if (menu instanceof HTMLDetailsElement) {
    menu.open = false;
    menu.querySelector('summary')?.focus();
  }
});

/** @param {string} address */
async function openDrawer(address) {
  const response = await fetch(`${address}?part=1`);
  if (!response.ok) {
    location.assign(address);
    return;
  }
  const drawer = document.createElement('dialog');
  drawer.className = 'drawer';
  drawer.setAttribute('aria-label', document.querySelector('.curtain')?.getAttribute('aria-label') ?? '');
  // Our own page, escaped by the server like every other.
  drawer.innerHTML = await response.text();
  const close = document.createElement('button');
  close.className = 'drawer-close';
  close.textContent = '×';
  close.setAttribute(
    'aria-label',
    document.querySelector('[data-curtain]')?.getAttribute('data-close') ?? '×',
  );
  close.addEventListener('click', () => drawer.close());
  drawer.prepend(close);
  drawer.addEventListener('close', () => drawer.remove());
  document.body.append(drawer);
  drawer.showModal();
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-curtain]') : null;
  if (!(link instanceof HTMLAnchorElement) || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  void openDrawer(link.href);
});
