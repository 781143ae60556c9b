import { expect, test } from 'vitest';
import { shownKeyName } from './listed-key.ts';
import { shownPrefix } from './shown-prefix.ts';

const ID = '99999990-0000-4000-8000-000000000011';

test.each([
  ['relatórios', 'relatórios'],
  ['wa\u202esodnev', 'wasodnev'],
  ['\u2067crm\u2069 \u200b', 'crm'],
  ['a\nb', 'a b'],
  ['\u200b\u202e', '99999990…'],
  ['', '99999990…'],
])('shownKeyName: %j is shown as %j', (name, shown) => expect(shownKeyName({ id: ID, name })).toBe(shown));

test('shownPrefix: a key begins alike wherever it is shown, shorter in a column', () => {
  expect(shownPrefix('DemoLeak')).toBe('omni_sk_DemoLeak…');
  expect(shownPrefix('DemoLeak', { short: true })).toBe('sk_DemoLeak…');
});
