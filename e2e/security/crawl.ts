import { createHash } from 'node:crypto';
import type { BrowserContext, Page } from '@playwright/test';
import { openAlive } from '../fixtures/test.ts';
import { personPage, personsPage } from '../pom/persons.ts';
import { shell, type Room } from '../pom/shell.ts';
import { signInPage } from '../pom/session/sign-in.ts';

const ROOMS: readonly Room[] = ['Home', 'People', 'Routes', 'Keys', 'Activity', 'Status'];
const ADDRESSES: Partial<Record<Room, string>> = { Home: '/', People: '/persons?q=Silva' };
const KEYS = ['', '/edit', '/revoke', '/leaked', '/delete'].map(
  (below) => `/keys/99999990-0000-4000-8000-000000000012${below}`,
);
const ERRORS = ['/no-such-page', '/persons/1', '/persons/7b0f1c2d-3e4f-4a5b-8c6d-7e8f90a1b2c3', '/api/no-such-thing'];

/** Everything that reached the browser or left it, a text a piece, named by where it was. */
export type HeardText = { place: string; text: string }[];

/** Listens to requests, answers, frames of sockets and the browser's console, on every page of the context. */
export function listenTo(context: BrowserContext): { heard: HeardText; settled: () => Promise<void> } {
  const heard: HeardText = [];
  const pending: Promise<void>[] = [];
  context.on('request', (request) => heard.push({ place: 'address', text: request.url() }));
  context.on('response', (response) => {
    const read = async () => {
      const headers = await response.headersArray();
      heard.push({ place: `headers of ${response.url()}`, text: JSON.stringify(headers) });
      const body = await response.text().catch(() => '');
      heard.push({ place: `body of ${response.url()}`, text: body });
    };
    pending.push(read().catch(() => undefined));
  });
  context.on('console', (message) => heard.push({ place: 'browser console', text: message.text() }));
  context.on('weberror', (error) => heard.push({ place: 'browser error', text: String(error.error().stack) }));
  context.on('page', (page) =>
    page.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) =>
        heard.push({ place: `socket ${socket.url()}`, text: payload.toString() }),
      ),
    ),
  );
  return { heard, settled: async () => void (await Promise.all(pending)) };
}

type Way = { rooms: readonly Room[]; paths: readonly string[] };

export const EVERYWHERE: Way = {
  rooms: ROOMS,
  paths: [...ROOMS.map((room) => ADDRESSES[room] ?? `/${room.toLowerCase()}`), ...ERRORS, ...KEYS, '/keys/new'],
};

/** One page of each kind: for `next dev`, which builds each page anew. */
export const A_FEW: Way = { rooms: ['Home', 'People'], paths: ['/persons?q=Silva', '/persons/1', KEYS[0] ?? '/keys'] };

/** Signs in as a person does, walks through rooms, a search, a person and errors, and signs out. */
export async function crawl(page: Page, heard: HeardText, key: string, origin: string, way: Way): Promise<void> {
  await openAlive(page, `${origin}/login`);
  await signInPage.signIn(page, key, 'Demo');
  await shell.account(page).waitFor();
  for (const room of way.rooms) {
    await shell.room(page, room).click();
    await page.getByRole('heading', { level: 1 }).waitFor();
    await keep(page, heard);
  }
  await openAlive(page, `${origin}/persons`);
  if (await personsPage.rows(page).first().isVisible()) {
    await personsPage.search(page).fill('Silva');
    await personsPage.person(page, 'João Silva').click();
    await personPage.heading(page).filter({ hasText: 'João' }).waitFor();
    await keep(page, heard);
  }
  for (const path of way.paths) {
    await page.goto(origin + path);
    await keep(page, heard);
    const flight = await page.request.get(origin + path, { headers: { rsc: '1' } });
    heard.push({ place: `RSC of ${path}`, text: (await flight.text()) + JSON.stringify(flight.headersArray()) });
  }
  await openAlive(page, `${origin}/persons`);
  await shell.signOut(page);
  await signInPage.heading(page).waitFor();
  await keep(page, heard);
}

/** What a script on the page could read. */
export async function keep(page: Page, heard: HeardText): Promise<void> {
  const readable = await page.evaluate(() =>
    JSON.stringify([
      document.cookie,
      { ...localStorage },
      { ...sessionStorage },
      location.href,
      document.title,
      history.state,
    ]),
  );
  heard.push({ place: `storage on ${page.url()}`, text: readable });
  heard.push({ place: `document of ${page.url()}`, text: await page.content() });
}

/** Where a key, its hash or a piece of it long enough to matter was heard. */
export function leaks(heard: HeardText, key: string): string[] {
  const hash = createHash('sha256').update(key).digest('hex');
  const wanted = [key, key.slice('omni_sk_'.length), encodeURIComponent(key), btoa(key).replace(/=+$/, ''), hash];
  return [...new Set(heard.filter(({ text }) => wanted.some((part) => text.includes(part))).map(({ place }) => place))];
}
