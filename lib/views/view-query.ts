/** Letters of a view's name. */
export const LONGEST_NAME = 40;

/**
 * What a view may hold, in the order it is written, and the value that says nothing. Search words, subjects, addresses, who did it
 * and the page are on no list: a cookie is no place for personal data.
 */
const HELD = {
  routes: { instance: '', agent: '', scope: '', active: '', sort: 'instance' },
  keys: { show: 'live', use: 'any', sort: '-created', limit: '20' },
  activity: { kind: '', status: '', who: '', since: '', until: '' },
  'key-audit': { status: '', since: '', until: '', method: '' },
} as const satisfies Record<string, Record<string, string>>;

export type ViewsRoom = keyof typeof HELD;

const VALUE = /^[\w:.-]{1,60}$/;

/** The filters of an address that a view of this list may hold, in one order; '' where none is set. Garbage falls away. */
export function viewQuery(room: ViewsRoom, address: Pick<URLSearchParams, 'get'>): string {
  const kept = new URLSearchParams();
  for (const [name, plain] of Object.entries(HELD[room])) {
    const value = address.get(name) ?? '';
    const personal = name === 'who' && value !== 'mine';
    if (value !== plain && VALUE.test(value) && !personal) kept.set(name, value);
  }
  return kept.toString();
}
