import { expect, test } from 'vitest';
import { plainHost } from './plain-host.ts';

test.each<[string, string, string | null]>([
  ['console.example', 'https:', 'console.example'],
  ['console.example:443', 'https:', 'console.example'],
  ['console.example:80', 'http:', 'console.example'],
  ['Console.EXAMPLE', 'https:', 'console.example'],
  ['console.example.', 'https:', 'console.example'],
  ['CONSOLE.example.:443', 'https:', 'console.example'],
  ['console.example, proxy.internal', 'https:', 'console.example'],
  [' console.example:443 ,console.example', 'https:', 'console.example'],
  ['127.0.0.1:3000', 'http:', '127.0.0.1:3000'],
  ['[::1]:3000', 'http:', '[::1]:3000'],
  ['[0:0:0:0:0:0:0:1]:80', 'http:', '[::1]'],
  // Others stay others.
  ['console.example:80', 'https:', 'console.example:80'],
  ['console.example:8443', 'https:', 'console.example:8443'],
  ['evil.example, console.example', 'https:', 'evil.example'],
  ['console.example.evil.example', 'https:', 'console.example.evil.example'],
  ['console.example..', 'https:', 'console.example.'],
  ['console.example@evil.example', 'https:', null],
  ['evil.example/console.example', 'https:', null],
  ['evil.example#console.example', 'https:', null],
  ['console.example:port', 'https:', null],
  ['.', 'https:', '.'],
  [', console.example', 'https:', null],
  ['', 'https:', null],
])('plainHost: %j over %s is %j', (header, protocol, host) => expect(plainHost(header, protocol)).toBe(host));
