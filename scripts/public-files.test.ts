import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unstable_doesMiddlewareMatch as passesProxy } from 'next/experimental/testing/server';
import { expect, test } from 'vitest';
import { config } from '../proxy.ts';
import { ROOT } from './servers/processes.ts';

const PUBLIC = join(ROOT, 'public');
const FILES = ['apple-icon.png', 'favicon.ico', 'icon.svg', 'robots.txt', 'site.webmanifest'];
const PNG = '89504e470d0a1a0a';

const viaProxy = (path: string) => passesProxy({ config, nextConfig: {}, url: `http://console.example${path}` });

test('public/: every file is known here, and none goes through the proxy', () => {
  expect(readdirSync(PUBLIC).toSorted()).toEqual(FILES);
  for (const name of FILES) expect([name, viaProxy(`/${name}`)]).toEqual([name, false]);
});

test.each(['/', '/persons', '/login?next=/icon.svg', '/icon.svg/x', '/icon.svg2', '/x/favicon.ico', '/api/session'])(
  'public/: %s goes through the proxy',
  (path) => expect(viaProxy(path)).toBe(true),
);

test('public/favicon.ico: holds the mark as PNGs of 16, 32 and 48 pixels', () => {
  const file = readFileSync(join(PUBLIC, 'favicon.ico'));
  expect(file.subarray(0, 6).toString('hex')).toBe('000001000300');
  const pictures = [0, 1, 2].map((index) => {
    const entry = file.subarray(6 + 16 * index);
    const [length, offset] = [entry.readUInt32LE(8), entry.readUInt32LE(12)];
    return { size: entry.readUInt8(0), png: file.subarray(offset, offset + length) };
  });
  expect(pictures.map(({ size }) => size)).toEqual([16, 32, 48]);
  for (const { size, png } of pictures) {
    expect(png.subarray(0, 8).toString('hex')).toBe(PNG);
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  }
});

test('public/apple-icon.png: is a PNG of 180 pixels', () => {
  const png = readFileSync(join(PUBLIC, 'apple-icon.png'));
  expect([png.subarray(0, 8).toString('hex'), png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([PNG, 180, 180]);
});

test('public/site.webmanifest: names icons that exist', () => {
  const { icons } = JSON.parse(readFileSync(join(PUBLIC, 'site.webmanifest'), 'utf8')) as { icons: { src: string }[] };
  expect(icons.filter(({ src }) => !FILES.includes(src.slice(1)))).toEqual([]);
});

test('public/robots.txt: disallows everything', () => {
  expect(readFileSync(join(PUBLIC, 'robots.txt'), 'utf8')).toBe('User-agent: *\nDisallow: /\n');
});
