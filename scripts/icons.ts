import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { shellLaunch } from './servers/chromium.ts';
import { ROOT } from './servers/processes.ts';

/** Draws `favicon.ico` and `apple-icon.png` from `public/icon.svg`. The files are committed: run this after the mark has changed. */
const PUBLIC = join(ROOT, 'public');
const ICO_SIZES = [16, 32, 48];
const APPLE_SIZE = 180;

const svg = readFileSync(join(PUBLIC, 'icon.svg'), 'utf8');
const browser = await chromium.launch(shellLaunch());

/** A PNG of the mark in pixels; iOS shows no transparency, so its icon has a background and a margin. */
async function png(size: number, background = 'transparent', margin = 0): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const inner = size - 2 * margin;
  const style = `html{background:${background}}body{margin:${margin}px}svg{display:block;width:${inner}px;height:${inner}px}`;
  await page.setContent(`<style>${style}</style>${svg}`);
  const picture = await page.screenshot({ omitBackground: background === 'transparent' });
  await page.close();
  return picture;
}

/** An ICO file of PNGs: a header of 6 bytes, an entry of 16 bytes for each, then the pictures. */
function ico(pictures: { size: number; data: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, data }] of pictures.entries()) {
    const entry = 6 + 16 * index;
    head.writeUInt8(size, entry);
    head.writeUInt8(size, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(data.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += data.length;
  }
  return Buffer.concat([head, ...pictures.map(({ data }) => data)]);
}

const pictures = [];
for (const size of ICO_SIZES) pictures.push({ size, data: await png(size) });
writeFileSync(join(PUBLIC, 'favicon.ico'), ico(pictures));
writeFileSync(join(PUBLIC, 'apple-icon.png'), await png(APPLE_SIZE, '#ffffff', 18));
await browser.close();
