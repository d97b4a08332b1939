/** Opens the search dialog from its button and its keys. It is part of every page, so it knows no more than when to load the rest. */

/** `off` while the reader has the `/` key switched off (WCAG 2.1.4: a shortcut of one character can be turned off). */
const SLASH_SETTING = 'search-slash';

interface DialogModule {
  openSearch(slashSetting: string): void;
}

/** Listens for the search button, Ctrl-K or ⌘-K, and `/` outside of fields. */
export function listen(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-search-open]');
  if (!button) return;
  const open = async () => {
    try {
      // A variable address keeps the module out of this script's own file, so that the page can carry the script inline.
      const module = (await import(/* @vite-ignore */ button.dataset['searchModule'] ?? '')) as DialogModule;
      module.openSearch(SLASH_SETTING);
    } catch {
      button.textContent = 'Search did not load. Try again';
    }
  };
  button.addEventListener('click', open);
  document.addEventListener('keydown', (event) => {
    if (!isShortcut(event)) return;
    event.preventDefault();
    void open();
  });
}

function isShortcut(event: KeyboardEvent): boolean {
  if (event.altKey || event.shiftKey || event.defaultPrevented) return false;
  if (event.ctrlKey || event.metaKey) return event.key.toLowerCase() === 'k' && event.ctrlKey !== event.metaKey;
  return event.key === '/' && !isField(event.target) && slashIsOn();
}

function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
}

function slashIsOn(): boolean {
  try {
    return localStorage.getItem(SLASH_SETTING) !== 'off';
  } catch {
    // Storage is off, so the key could not be switched off for good: it stays off.
    return false;
  }
}
