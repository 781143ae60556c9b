/** Colours by token name, of one theme. */
export type Tokens = ReadonlyMap<string, string>;

export type Theme = 'light' | 'dark';

const TOKEN = /--([\w-]+):\s*(?:light-dark\(\s*(#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\s*\)|(#[0-9a-f]{6}));/g;

/** The colours of a theme: `light-dark(#rrggbb, #rrggbb)`, or one for both. Throws for a token that is set twice. */
export function tokensOf(css: string, theme: Theme): Tokens {
  const tokens = new Map<string, string>();
  for (const [, name = '', light, dark, both] of css.matchAll(TOKEN)) {
    if (tokens.has(name)) throw new Error(`--${name} stands twice`);
    tokens.set(name, both ?? (theme === 'light' ? light : dark) ?? '');
  }
  return tokens;
}

/** Relative luminance, https://www.w3.org/TR/WCAG22/#dfn-relative-luminance. */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** 1 to 21, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}
