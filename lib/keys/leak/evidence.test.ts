import { createHash, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { evidenceOf, MOST_PAGES } from './evidence.ts';
import { callRows } from '#lib/keys/testing/calls.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { newKey } from '#lib/keys/testing/bed.ts';

const { sandbox, control } = await ownSandbox({ persons: 20 });

type File = {
  key: { id: string; keyHash?: string };
  requests: {
    complete: boolean;
    count: number;
    integrations: { ip: string; count: number; refused: number; first: string; last: string }[];
    paths: { method: string; path: string; count: number }[];
  };
};

async function evidence(id: string, since: number) {
  const made = await evidenceOf(omniFor(sandbox.url, sandbox.keys.admin), {
    id,
    since: new Date(since).toISOString(),
    who: 'Ana',
  });
  if (!made.ok) throw new Error(made.error.kind);
  return { ...made.value, file: JSON.parse(made.value.text) as File };
}

test('evidenceOf: the file has the key, its requests since a moment by integration and by path, and its own SHA-256', async () => {
  const { id, secret } = await newKey(control);
  const newest = Date.now() - 60_000;
  await control.rows({ api_key_audit_logs: callRows(id, 400, { newest, every: 1000 }) });
  const { file, sha256, text, integrations } = await evidence(id, newest - 250_000);
  expect(sha256).toBe(createHash('sha256').update(text).digest('hex'));
  expect(file.key).toMatchObject({ id, name: expect.any(String), scopes: ['persons:read', 'auth:validate'] });
  expect([file.key.keyHash, text.includes(secret.slice(8))]).toEqual([undefined, false]);
  expect(file.requests).toMatchObject({ complete: true });
  expect(file.requests.count).toBeGreaterThanOrEqual(249);
  expect(file.requests.count).toBeLessThanOrEqual(251);
  expect(integrations).toBe(2);
  for (const group of [file.requests.integrations, file.requests.paths])
    expect(group.reduce((sum, { count }) => sum + count, 0)).toBe(file.requests.count);
  const [first] = file.requests.integrations;
  expect(Date.parse(first?.first ?? '')).toBeLessThan(Date.parse(first?.last ?? ''));
  expect(first?.refused).toBeGreaterThan(0);
});

test('evidenceOf: more requests than a file reads are marked as not complete', async () => {
  const { id } = await newKey(control);
  await control.rows({ api_key_audit_logs: callRows(id, MOST_PAGES * 100 + 50) });
  const { complete, count } = (await evidence(id, 0)).file.requests;
  expect([complete, count > (MOST_PAGES - 1) * 99, count <= MOST_PAGES * 100]).toEqual([false, true, true]);
});

test('evidenceOf: a deleted key has no evidence', async () => {
  const asked = { id: randomUUID(), since: new Date(0).toISOString(), who: 'Ana' };
  const answer = await evidenceOf(omniFor(sandbox.url, sandbox.keys.admin), asked);
  expect(!answer.ok && answer.error.kind).toBe('not_found');
});
