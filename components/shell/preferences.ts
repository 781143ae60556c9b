/** Keeps a preference of this browser in a cookie; it holds no personal data. */
export function remember(name: 'theme' | 'density' | 'locale' | 'nav' | 'single-keys', value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}

const CHANGED = 'preference-changed';

/** Calls back when a preference changes on the page. Returns the unsubscribe function. */
export function onPreference(callback: () => void): () => void {
  document.addEventListener(CHANGED, callback);
  return () => document.removeEventListener(CHANGED, callback);
}

/** Applies a theme at once, without a render. */
export function applyTheme(theme: string): void {
  apply('theme', theme, 'system');
}

/** Applies a density at once. */
export function applyDensity(density: string): void {
  apply('density', density, 'comfortable');
}

/** Turns single-key shortcuts, such as `/`, on or off. ⌘K always works. */
export function applySingleKeys(on: boolean): void {
  apply('single-keys', on ? 'on' : 'off', 'on');
}

/** Whether single-key shortcuts are on. */
export function singleKeysOn(): boolean {
  return document.documentElement.dataset.singleKeys !== 'off';
}

function apply(name: 'theme' | 'density' | 'single-keys', value: string, plain: string): void {
  remember(name, value);
  if (value === plain) document.documentElement.removeAttribute(`data-${name}`);
  else document.documentElement.setAttribute(`data-${name}`, value);
  document.dispatchEvent(new Event(CHANGED));
}
