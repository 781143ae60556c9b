import type { Generation } from '../../world/database-errors.ts';
import type { Wire } from '../../world/tables.ts';

/** A server under test, and the key that may do everything on it. */
export type ContractTarget = {
  name: string;
  url: string;
  key: string;
  /** Only a sandbox has one. */
  sandbox: boolean;
  /** Where it is known, a release is held to its own words and not to any that were seen. */
  release?: Generation | undefined;
  /** Persons the suite may destroy, on a server that is not a sandbox. */
  people: string[];
};

export type ContractAnswer = { status: number; headers: Headers; text: string; body: Wire };

export type SentCall = { key?: string | null; headers?: Record<string, string>; raw?: string };

/** Calls under `/api/v2`; a body goes out as JSON unless `raw` says what goes out. */
export async function send(
  target: ContractTarget,
  method: string,
  path: string,
  body?: unknown,
  sent: SentCall = {},
): Promise<ContractAnswer> {
  const key = sent.key === undefined ? target.key : sent.key;
  const headers = {
    ...(key === null ? {} : { 'x-api-key': key }),
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    ...sent.headers,
  };
  const payload = sent.raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const answer = await fetch(`${target.url}/api/v2${path}`, {
    method,
    headers,
    ...(payload === undefined ? {} : { body: payload }),
  });
  await slowDown(answer, target);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, text, body: parse(text) };
}

/** A server allows a key a thousand calls a minute; near the end of them the suite waits, except on a sandbox. */
async function slowDown(answer: Response, target: ContractTarget): Promise<void> {
  const left = Number(answer.headers.get('x-ratelimit-remaining') ?? 1000);
  if (target.sandbox || left > 20 || answer.status === 429) return;
  const ends = Number(answer.headers.get('x-ratelimit-reset')) * 1000;
  await new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, ends - Date.now()) + 500);
  });
}

function parse(text: string): Wire {
  try {
    return Object(JSON.parse(text)) as Wire;
  } catch {
    return {};
  }
}

/** `at(answer, 'data.person.id')`. */
export function at(answer: ContractAnswer, path: string): unknown {
  let value: unknown = answer.body;
  for (const step of path.split('.')) value = Object(value)[step] as unknown;
  return value;
}

export const text = (answer: ContractAnswer, path: string): string => String(at(answer, path));
export const items = (answer: ContractAnswer): Wire[] => (answer.body.items ?? []) as Wire[];
export const data = (answer: ContractAnswer): Wire => (answer.body.data ?? {}) as Wire;

export const NOBODY = '00000000-0000-4000-8000-00000000dead';

/** A list of names, written as a sentence. */
export const words = (names: string): string[] => names.trim().split(/\s+/);
