import 'server-only';
import { isIPv6 } from 'node:net';

/**
 * The address, or the first `parts` of an IPv6 address: four are its /64, which one holder has, three its /48. "unknown" without
 * one.
 */
export function addressNetwork(address: string | undefined, parts: number): string {
  if (!address || !isIPv6(address)) return address ?? 'unknown';
  const [head = '', tail = ''] = address.toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const zeros = address.includes('::')
    ? Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0')
    : [];
  return [...left, ...zeros, ...right]
    .slice(0, parts)
    .map((part) => part.replace(/^0+(?=.)/, ''))
    .join(':');
}
