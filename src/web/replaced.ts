const LAST = 'guanxi.reloaded';
const AGAIN_MS = 30_000;

/**
 * After an upgrade an open page asks for parts that are no more: it is loaded anew, with what was being written (forms keep
 * drafts). Not twice at once, so that a part that is really missing ends in its error and not in a circle.
 */
export function reloadWhenReplaced(): void {
  window.addEventListener('vite:preloadError', (event) => {
    const now = Date.now();
    if (now - Number(sessionStorage.getItem(LAST) ?? 0) < AGAIN_MS) return;
    sessionStorage.setItem(LAST, String(now));
    event.preventDefault();
    location.reload();
  });
}
