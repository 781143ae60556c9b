import { isUuid } from '#lib/omni/door/path.ts';

/** Names, in a page's address, the entry whose receipt it shows. */
export const RECEIPT = 'receipt';

/**
 * The address of the receipt that a page showed, where its document is loaded (again): the entry's own page has it, with *Undo*.
 * Null for other addresses, and for the router's parts, which the page with the receipt asks for itself. `accept`: the header.
 */
export function receiptAddress(path: string, query: URLSearchParams, accept: string | null): string | null {
  const id = query.get(RECEIPT);
  if (id === null || !isUuid(id) || path.startsWith('/api/') || !accept?.includes('text/html')) return null;
  return `/activity/${id.toLowerCase()}`;
}

/** The same address with the receipt of an entry. */
export function withReceipt(address: string, entryId: string): string {
  const url = new URL(address);
  url.searchParams.set(RECEIPT, entryId);
  return url.href;
}

/** The same address without the receipt of this entry; of another page or entry: unchanged. */
export function withoutReceipt(address: string, entryId: string): string {
  const url = new URL(address);
  if (url.searchParams.get(RECEIPT) !== entryId) return address;
  url.searchParams.delete(RECEIPT);
  return url.href;
}
