import type { Config } from 'tailwindcss';

/** Colours are CSS variables (app/styles/tokens.css), so that one set of classes serves light, dark and every server band. */
const token = (name: string) => `var(--${name})`;

export default {
  content: ['./app/**/*.tsx', './components/**/*.tsx'],
  theme: {
    colors: {
      transparent: 'transparent',
      current: 'currentColor',
      bg: token('bg'),
      surface: token('surface'),
      inset: token('inset'),
      hover: token('hover'),
      line: token('line'),
      edge: token('edge'),
      text: token('text'),
      muted: token('muted'),
      accent: {
        DEFAULT: token('accent'),
        hover: token('accent-hover'),
        soft: token('accent-soft'),
        text: token('accent-text'),
        on: token('on-accent'),
      },
      kept: { DEFAULT: token('kept'), soft: token('kept-soft') },
      removed: { DEFAULT: token('removed'), soft: token('removed-soft') },
      danger: {
        DEFAULT: token('danger'),
        solid: token('danger-solid'),
        hover: token('danger-hover'),
        soft: token('danger-soft'),
        on: token('on-danger'),
      },
      warn: { DEFAULT: token('warn'), soft: token('warn-soft') },
      good: { DEFAULT: token('good'), soft: token('good-soft') },
      band: {
        1: token('band-1'),
        2: token('band-2'),
        3: token('band-3'),
        4: token('band-4'),
        5: token('band-5'),
        6: token('band-6'),
      },
      info: { DEFAULT: token('info'), soft: token('info-soft') },
    },
    fontFamily: {
      sans: ['var(--font-geist-sans)', 'system-ui', 'sans-serif'],
      mono: ['var(--font-geist-mono)', 'ui-monospace', 'monospace'],
    },
    fontSize: {
      xs: ['12px', '16px'],
      sm: ['13px', '20px'],
      base: ['14px', '20px'],
      lg: ['16px', '24px'],
      xl: ['20px', '28px'],
      '2xl': ['24px', '32px'],
    },
    /** `size-target`, `min-h-target`: as small as something to press may be (WCAG 2.5.8); a rem is 14 px here. */
    extend: { spacing: { target: '24px' } },
    borderRadius: { none: '0', sm: '4px', DEFAULT: '6px', lg: '10px', full: '9999px' },
  },
} satisfies Config;
