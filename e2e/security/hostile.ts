import { readdirSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { ROOT } from '../../scripts/servers/processes.ts';

export type RawAnswer = { status: number; headers: Record<string, string | string[] | undefined>; text: string };

type Sending = { method?: string; path: string; headers?: Record<string, string>; body?: string };

/** Sends exactly these headers, also those no browser and no `fetch` would send. Follows nothing. */
export function sendRaw(origin: string, { method = 'GET', path, headers = {}, body }: Sending): Promise<RawAnswer> {
  const { hostname, port, host } = new URL(origin);
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const sent = request({ hostname, port, path, method, headers: { host, ...length, ...headers } }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8');
      incoming.on('data', (part: string) => (text += part));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, text }));
      incoming.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** A server action as the build made it: `page` is a page it may be sent to. */
export type BuiltAction = { id: string; name: string; page: string };

type Manifest = { node: Record<string, { exportedName: string; workers: Record<string, unknown> }> };

/** Every action of the build, from its own manifest. */
export function builtActions(): BuiltAction[] {
  const text = readFileSync(join(ROOT, '.next', 'server', 'server-reference-manifest.json'), 'utf8');
  return Object.entries((JSON.parse(text) as Manifest).node).map(([id, { exportedName, workers }]) => {
    const plain = Object.keys(workers).find((page) => !page.includes('[')) ?? Object.keys(workers)[0] ?? '';
    const page =
      plain
        .replace(/^app/, '')
        .replaceAll(/\/\([^)]+\)/g, '')
        .replace(/\/page$/, '') || '/';
    return { id, name: exportedName, page: page.replaceAll(/\[\w+\]/g, '1') };
  });
}

/** The names of all actions the source exports. */
export function writtenActions(): string[] {
  return actionFiles().flatMap((text) =>
    [...text.matchAll(/^export (?:async function|const) (\w+Action)\b/gm)].map(([, name]) => name ?? ''),
  );
}

function actionFiles(): string[] {
  return readdirSync(join(ROOT, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /(^|\/)actions\.ts$/.test(name))
    .map((name) => readFileSync(join(ROOT, 'app', name), 'utf8'));
}

/** The paths the build answers with a page, and with data; parts in brackets are filled with `ids`, by what stands before them. */
export function builtPaths(kind: 'page' | 'route', ids: Record<string, string> = {}): string[] {
  const text = readFileSync(join(ROOT, '.next', 'server', 'app-paths-manifest.json'), 'utf8');
  return Object.keys(JSON.parse(text) as object)
    .filter((name) => name.endsWith(`/${kind}`) && !name.startsWith('/_'))
    .map((name) => name.replaceAll(/\/\([^)]+\)/g, '').replace(new RegExp(`/${kind}$`), '') || '/')
    .map((path) =>
      path.replaceAll(
        /(\w+)((?:\/\[\w+\])+)/g,
        (_all, room: string, parts: string) => `${room}/${ids[room] ?? parts.replaceAll(/\[\w+\]/g, '1').slice(1)}`,
      ),
    );
}

/** A call of an action as a browser sends it, with JSON arguments. */
export function actionCall({ id, page }: BuiltAction, args: unknown, headers: Record<string, string>): Sending {
  return {
    method: 'POST',
    path: page,
    headers: { 'next-action': id, accept: 'text/x-component', 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body: typeof args === 'string' ? args : JSON.stringify(args),
  };
}

/** What an action answered, or nothing when the request never got to it. */
export function resultOf({ text }: RawAnswer): { ok: boolean; code?: string } | undefined {
  const line = /^\w+:(\{"ok":(?:true|false).*)$/m.exec(text)?.[1];
  return line === undefined ? undefined : (JSON.parse(line) as { ok: boolean; code?: string });
}

/**
 * Whether a stranger was turned away as one, before anything looked at what was sent: by the proxy, to the sign-in page, or by
 * the gate of actions. That the arguments were no good is no such answer.
 */
export function isTurnedAway(answer: RawAnswer): boolean {
  if (answer.status === 403 || answer.status === 421 || leadsToSignIn(answer)) return true;
  return ['foreign_origin', 'other_session'].includes(resultOf(answer)?.code ?? '');
}

/** Whether a request was turned away: an error, a way to the sign-in page, or a result that says no. */
export function isRefused(answer: RawAnswer): boolean {
  if (answer.status >= 400) return true;
  return leadsToSignIn(answer) || resultOf(answer)?.ok === false;
}

function leadsToSignIn({ headers }: RawAnswer): boolean {
  const location = String(headers.location ?? headers['x-action-redirect'] ?? '');
  return /^(https?:\/\/[^/]+)?\/login\b/.test(location);
}
