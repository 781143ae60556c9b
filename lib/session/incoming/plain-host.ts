/**
 * A `Host` or `X-Forwarded-Host` as the host of an address: the first of a list, without capitals, trailing dot and the default
 * port of `protocol` ("https:"), as RFC 3986 §6.2 compares them. Null when it is no host.
 */
export function plainHost(header: string, protocol: string): string | null {
  const [first = ''] = header.split(',');
  const host = first.trim();
  // What an address would read as a user, a path, a query or a fragment is no part of a host.
  if (host === '' || /[\s@/\\?#]/.test(host)) return null;
  const asked = URL.parse(`${protocol}//${host}`);
  if (!asked) return null;
  const name = asked.hostname.replace(/(?<=.)\.$/, '');
  return asked.port === '' ? name : `${name}:${asked.port}`;
}
