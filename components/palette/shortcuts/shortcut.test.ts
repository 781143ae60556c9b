import { expect, test } from 'vitest';
import { shortcutOf, type Pressed } from './shortcut.ts';

const NORMAL = { mac: false, free: true, bare: true, led: false };

function pressed(key: string, ...held: ('Control' | 'Meta' | 'Alt' | 'Shift' | 'AltGraph')[]): Pressed {
  const is = (name: string) => held.some((one) => one === name);
  return {
    key,
    ctrlKey: is('Control'),
    metaKey: is('Meta'),
    altKey: is('Alt'),
    isComposing: false,
    repeat: false,
    getModifierState: is,
  };
}

test('shortcuts: the palette opens with the command key of the system, in fields too', () => {
  const typing = { ...NORMAL, bare: false };
  expect(shortcutOf(pressed('k', 'Control'), typing)).toEqual({ is: 'palette' });
  expect(shortcutOf(pressed('K', 'Control'), typing)).toEqual({ is: 'palette' });
  expect(shortcutOf(pressed('k', 'Meta'), { ...typing, mac: true })).toEqual({ is: 'palette' });
  expect(shortcutOf(pressed('k', 'Control'), { ...typing, mac: true })).toBeNull();
  expect(shortcutOf(pressed('k', 'Meta'), typing)).toBeNull();
  expect(shortcutOf(pressed('k', 'Control', 'Shift'), typing)).toBeNull();
  expect(shortcutOf(pressed('k', 'Control', 'Alt'), typing)).toBeNull();
  expect(shortcutOf(pressed('k'), typing)).toBeNull();
});

test('shortcuts: undo is the command key and z, outside fields only, with single keys off too', () => {
  expect(shortcutOf(pressed('z', 'Control'), { ...NORMAL, bare: false })).toEqual({ is: 'undo' });
  expect(shortcutOf(pressed('z', 'Meta'), { ...NORMAL, mac: true })).toEqual({ is: 'undo' });
  expect(shortcutOf(pressed('z', 'Control'), { ...NORMAL, free: false, bare: false })).toBeNull();
  expect(shortcutOf(pressed('z', 'Meta'), NORMAL)).toBeNull();
  expect(shortcutOf(pressed('Z', 'Control', 'Shift'), NORMAL)).toBeNull();
  expect(shortcutOf({ ...pressed('z', 'Control'), repeat: true }, NORMAL)).toBeNull();
  expect(shortcutOf(pressed('z'), NORMAL)).toBeNull();
});

test('shortcuts: single keys do what the sheet says, and nothing while somebody types', () => {
  expect(shortcutOf(pressed('?', 'Shift'), NORMAL)).toEqual({ is: 'sheet' });
  expect(shortcutOf(pressed('/'), NORMAL)).toEqual({ is: 'search' });
  expect(shortcutOf(pressed('g'), NORMAL)).toEqual({ is: 'lead' });
  expect(shortcutOf(pressed('p'), NORMAL)).toBeNull();
  for (const key of ['?', '/', 'g']) {
    expect(shortcutOf(pressed(key), { ...NORMAL, bare: false })).toBeNull();
    for (const modifier of ['Control', 'Meta', 'Alt'] as const)
      expect(shortcutOf(pressed(key, modifier), NORMAL)).toBeNull();
  }
});

test.each([
  ['h', '/'],
  ['p', '/persons'],
  ['r', '/routes'],
  ['k', '/keys'],
  ['a', '/activity'],
  ['s', '/status'],
])('shortcuts: g %s opens %s', (key, to) => {
  expect(shortcutOf(pressed(key), { ...NORMAL, led: true })).toEqual({ is: 'go', to });
  expect(shortcutOf(pressed(key), { ...NORMAL, led: true, bare: false })).toBeNull();
});

test('shortcuts: AltGr, an input method and a held key trigger nothing', () => {
  expect(shortcutOf(pressed('/', 'Control', 'Alt', 'AltGraph'), NORMAL)).toEqual({ is: 'search' });
  expect(shortcutOf({ ...pressed('/'), isComposing: true }, NORMAL)).toBeNull();
  expect(shortcutOf({ ...pressed('g'), repeat: true }, NORMAL)).toBeNull();
});
