/** Choices of one browser: no personal data, no session, so a cookie the page writes itself is enough. */
export function remember(name: 'theme' | 'density' | 'locale' | 'nav', value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax`;
}

/** Applies a theme at once, without a render. */
export function applyTheme(theme: string): void {
  remember('theme', theme);
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Applies a density at once. */
export function applyDensity(density: string): void {
  remember('density', density);
  if (density === 'compact') document.documentElement.dataset.density = 'compact';
  else delete document.documentElement.dataset.density;
}
