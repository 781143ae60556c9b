/** Parameters of an address to set; undefined or '' drops one. */
export type AddressChange = Readonly<Record<string, string | undefined>>;

/** What says where in a list one is: another filter or order begins at its start. */
const PLACES = ['page', 'at', 'before'];

/** The query of a list's address after a change; any change goes back to the first page. */
export function changedQuery(address: { toString: () => string }, patch: AddressChange): string {
  const query = new URLSearchParams(address.toString());
  for (const place of PLACES) query.delete(place);
  for (const [name, value] of Object.entries(patch)) {
    if (value) query.set(name, value);
    else query.delete(name);
  }
  return query.toString();
}
