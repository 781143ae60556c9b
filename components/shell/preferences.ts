/** Choices of one browser: no personal data, no session, so a cookie the page writes itself is enough. */
export function remember(name: 'theme' | 'density' | 'locale' | 'nav' | 'single-keys', value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}

const CHANGED = 'preference-changed';

/** Hears that a choice was made anywhere on the page. Answers how to stop listening. */
export function onPreference(look: () => void): () => void {
  document.addEventListener(CHANGED, look);
  return () => document.removeEventListener(CHANGED, look);
}

/** Applies a theme at once, without a render. */
export function applyTheme(theme: string): void {
  apply('theme', theme, 'system');
}

/** Applies a density at once. */
export function applyDensity(density: string): void {
  apply('density', density, 'comfortable');
}

/** Whether a bare key, such as `/`, does something. ⌘K always does. */
export function applySingleKeys(on: boolean): void {
  apply('single-keys', on ? 'on' : 'off', 'on');
}

/** Whether bare keys do something, as the page has it now. */
export function singleKeysOn(): boolean {
  return document.documentElement.dataset.singleKeys !== 'off';
}

function apply(name: 'theme' | 'density' | 'single-keys', value: string, plain: string): void {
  remember(name, value);
  if (value === plain) document.documentElement.removeAttribute(`data-${name}`);
  else document.documentElement.setAttribute(`data-${name}`, value);
  document.dispatchEvent(new Event(CHANGED));
}
