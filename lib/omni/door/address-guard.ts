import 'server-only';
import { lookup as resolve, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { env } from '#lib/env.ts';
import { BLOCKED } from './network-cause.ts';

/** Loopback, private, link-local with its metadata addresses, carrier-grade NAT, documentation, multicast, tunnels. */
const CLOSED = `0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24
  192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4
  ::/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 fec0::/10 ff00::/8`;

function nets(list: readonly string[]): BlockList {
  const result = new BlockList();
  for (const net of list) {
    const [address = '', bits] = net.split('/');
    const family = isIP(address);
    if (family === 0) continue;
    const all = family === 4 ? 32 : 128;
    const prefix = bits === undefined ? all : Number(bits);
    if (Number.isInteger(prefix) && prefix >= 0 && prefix <= all)
      result.addSubnet(address, prefix, `ipv${family === 4 ? 4 : 6}`);
  }
  return result;
}

const closed = nets(CLOSED.split(/\s+/));

/** Whether a typed server may stand at this IP address. `allowed` are networks such as `10.2.0.0/16`. */
export function isOpenAddress(address: string, allowed: readonly string[] = env().OMNI_ALLOW_NETS): boolean {
  const bare = address.replace(/^\[(.*)\]$/, '$1').replace(/^::ffff:(?=\d+\.)/i, '');
  const family = isIP(bare);
  if (family === 0) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  return nets(allowed).check(bare, type) || !closed.check(bare, type);
}

/** Whether a typed address may be called at all: https, and no closed address written out. Names are checked as they resolve. */
export function mayCall(url: URL): boolean {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return url.protocol === 'https:' && (isIP(host) === 0 || isOpenAddress(host));
}

/** A connection's own lookup that fails on closed addresses: between a check and a call a name could change. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '');
    const open = addresses.filter(({ address }) => isOpenAddress(address));
    const [first] = open;
    if (!first || open.length < addresses.length) return callback(blocked(), '');
    return options.all ? callback(null, open) : callback(null, first.address, first.family);
  });
};

function blocked(): NodeJS.ErrnoException {
  return Object.assign(new Error('This address may not be called.'), { code: BLOCKED });
}
