/** The part of a keydown event that shortcuts read. */
export type Pressed = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing' | 'repeat' | 'getModifierState'
>;

/** `lead`: the first key of two was pressed. */
export type Shortcut = { is: 'palette' | 'sheet' | 'search' | 'lead' | 'undo' } | { is: 'go'; to: string };

/** Where `g` and a second key lead. */
export const GO: Readonly<Record<string, string>> = {
  h: '/',
  p: '/persons',
  r: '/routes',
  k: '/keys',
  a: '/activity',
  s: '/status',
};

/** How long after `g` the second key counts; milliseconds. */
export const LEAD_MS = 2000;

/**
 * The shortcut of a key: ⌘K on a Mac, Ctrl+K elsewhere (the other one belongs to the system). ⌘Z and Ctrl+Z count only outside
 * fields (`free`), which have an undo of their own; single keys only where `bare`: that, and they are turned on. AltGr is no modifier, since some keyboards need it for `/` and `?`.
 */
export function shortcutOf(
  pressed: Pressed,
  { mac, free, bare, led }: { mac: boolean; free: boolean; bare: boolean; led: boolean },
) {
  const { key, ctrlKey, metaKey, altKey, isComposing, repeat } = pressed;
  if (isComposing || repeat) return null;
  const command = mac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
  const commanded = command && !altKey && !pressed.getModifierState('Shift') ? key.toLowerCase() : null;
  if (commanded === 'k') return known('palette');
  if (commanded === 'z' && free) return known('undo');
  const held = metaKey || ((ctrlKey || altKey) && !pressed.getModifierState('AltGraph'));
  if (!bare || held) return null;
  const to = led ? GO[key] : undefined;
  if (to) return { is: 'go', to } as const;
  if (key === 'g') return known('lead');
  if (key === '/') return known('search');
  return key === '?' ? known('sheet') : null;
}

const known = (is: Exclude<Shortcut['is'], 'go'>): Shortcut => ({ is });
