/** Letters of a view's name. */
export const LONGEST_NAME = 40;

/**
 * The parameters of a view, in written order, with their default values, which are left out. Search words, subjects, addresses,
 * actors and the page are not included, since a cookie must not hold personal data.
 */
const PARAMETERS = {
  routes: { instance: '', agent: '', scope: '', active: '', sort: 'instance' },
  keys: { show: 'live', use: 'any', sort: '-created', limit: '20' },
  activity: { origin: '', type: '', kind: '', status: '', who: '', since: '', until: '' },
  'key-audit': { status: '', since: '', until: '', method: '' },
} as const satisfies Record<string, Record<string, string>>;

export type ViewsRoom = keyof typeof PARAMETERS;

const VALUE = /^[\w:.-]{1,60}$/;

/** The filters of an address that a view of this list keeps, in a fixed order; '' where none is set. Garbage is ignored. */
export function viewQuery(room: ViewsRoom, address: Pick<URLSearchParams, 'get'>): string {
  const kept = new URLSearchParams();
  for (const [name, plain] of Object.entries(PARAMETERS[room])) {
    const value = address.get(name) ?? '';
    const personal = name === 'who' && value !== 'mine';
    if (value !== plain && VALUE.test(value) && !personal) kept.set(name, value);
  }
  return kept.toString();
}
