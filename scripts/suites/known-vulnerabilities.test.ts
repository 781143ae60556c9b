import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { knownVulnerabilities, verdictOf } from './known-vulnerabilities.ts';

const BULK = '/-/npm/v1/security/advisories/bulk';

type Answer = { status: number; body: string };

/** A registry of this test's own, which has a path for each question: it knows two packages, and answers the question with these. */
const ANSWERS: Record<string, Answer> = {
  '/clean': answerWith({}),
  '/high': answerWith({ ships: [advisory(1, 'high')] }),
  '/development': answerWith({ ships: [advisory(2, 'low')], builds: [advisory(3, 'critical')] }),
  '/no-such-question': { status: 404, body: '{}' },
  '/a-page': { status: 200, body: '<html>' },
};
const asked: string[] = [];
let registry: Server;
let project: string;

function answerWith(known: object): Answer {
  return { status: 200, body: JSON.stringify(known) };
}

function advisory(id: number, severity: string) {
  return { id, url: 'http://127.0.0.1:9/', title: 'Something', severity, vulnerable_versions: '<=1.0.0', cwe: [] };
}

beforeAll(async () => {
  registry = createServer((request, response) => {
    const { url = '' } = request;
    const at = url.slice(0, url.indexOf('/', 1));
    const name = url.slice(at.length + 1);
    const versions = { '1.0.0': { name, version: '1.0.0' } };
    const known: Answer = answerWith({ name, 'dist-tags': { latest: '1.0.0' }, versions });
    const { status, body } = url.endsWith(BULK) ? (ANSWERS[at] ?? { status: 500, body: '' }) : known;
    if (url.endsWith(BULK)) asked.push(at);
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((done) => registry.listen(0, '127.0.0.1', done));
  project = mkdtempSync(join(tmpdir(), 'omni-audit-'));
  const root = {
    name: 'app',
    version: '1.0.0',
    dependencies: { ships: '1.0.0' },
    devDependencies: { builds: '1.0.0' },
  };
  const one = { version: '1.0.0', resolved: 'http://127.0.0.1:9/x.tgz', integrity: 'sha512-AAAA' };
  const packages = { '': root, 'node_modules/ships': one, 'node_modules/builds': { ...one, dev: true } };
  const lock = { name: 'app', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  writeFileSync(join(project, 'package.json'), JSON.stringify(root));
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify(lock));
});

afterAll(() => {
  registry.close();
  rmSync(project, { recursive: true, force: true });
});

function ask(at: string) {
  const { port } = registry.address() as AddressInfo;
  return knownVulnerabilities(project, {
    npm_config_registry: at === '/nowhere' ? 'http://127.0.0.1:9/' : `http://127.0.0.1:${port}${at}/`,
    npm_config_cache: join(project, `cache${at}`),
    npm_config_fetch_retries: '0',
    npm_config_update_notifier: 'false',
  });
}

const NOBODY_KNOWS = /could not be asked .*nothing is known/;

it.concurrent.each([
  ['nothing is known of', '/clean', false, /0 high, 0 critical, 0 total/],
  ['something high ships of', '/high', true, /1 high, 0 critical, 1 total/],
  ['only what builds it is critical of', '/development', false, /1 low, 0 moderate, 0 high, 0 critical, 1 total/],
  ['a registry cannot be asked about', '/no-such-question', false, NOBODY_KNOWS],
  ['a registry answers a page about', '/a-page', false, NOBODY_KNOWS],
  ['no registry is there for', '/nowhere', false, NOBODY_KNOWS],
])('npm itself: %s the project', async (_what, at, grave, text) => {
  expect(await ask(at)).toEqual({ text: expect.stringMatching(text), grave });
  if (at !== '/nowhere') expect(asked).toContain(at);
});

const counts = (more: object) =>
  JSON.stringify({ metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, ...more } } });

it.each([
  [counts({}), false, /0 info, 0 low, 0 moderate, 0 high, 0 critical/],
  [counts({ low: 3, moderate: 7 }), false, /3 low, 7 moderate, 0 high/],
  [counts({ high: 1 }), true, /1 high/],
  [counts({ critical: 1 }), true, /1 critical/],
  ['{"message":"no such host"}', false, /could not be asked .*\(no such host\): nothing is known/],
  ['{"error":{"code":"ENOLOCK"}}', false, NOBODY_KNOWS],
  ['', false, NOBODY_KNOWS],
  ['null', false, NOBODY_KNOWS],
])('%s', (report, grave, text) => {
  expect(verdictOf(report)).toEqual({ text: expect.stringMatching(text), grave });
});
