import 'server-only';
import { BlockList, isIP } from 'node:net';

const lists = new Map<string, BlockList>();

/** Whether an address is one of the reverse proxies (`TRUSTED_PROXIES`: addresses and networks such as `10.0.0.0/8`). */
export function isTrustedProxy(address: string, trusted: readonly string[]): boolean {
  const bare = bareAddress(address);
  const family = isIP(bare);
  return family !== 0 && listOf(trusted).check(bare, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The browser's address in `X-Forwarded-For`: the last hop that is no trusted proxy. Hops before it are claims of the browser.
 * Undefined when it is no address.
 */
export function clientAddress(forwardedFor: string | null | undefined, trusted: readonly string[]): string | undefined {
  const hops = (forwardedFor ?? '').split(',').map(bareAddress);
  const client = hops.findLast((hop) => !isTrustedProxy(hop, trusted)) ?? hops[0] ?? '';
  return isIP(client) === 0 ? undefined : client;
}

/** Without port, brackets, zone and the prefix of an IPv4 address in an IPv6 socket. */
function bareAddress(text: string): string {
  const trimmed = text.trim();
  const bracketed = /^\[([^\]]*)\](?::\d+)?$/.exec(trimmed)?.[1];
  const bare = (bracketed ?? trimmed).replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return bare.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1');
}

function listOf(trusted: readonly string[]): BlockList {
  const name = trusted.join(',');
  const known = lists.get(name);
  if (known) return known;
  const list = new BlockList();
  for (const entry of trusted) {
    const [address = '', bits] = entry.split('/');
    const family = isIP(address);
    if (family === 0) continue;
    const type = family === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, type);
    else if (Number(bits) >= 0 && Number(bits) <= (family === 6 ? 128 : 32))
      list.addSubnet(address, Number(bits), type);
  }
  lists.set(name, list);
  return list;
}
