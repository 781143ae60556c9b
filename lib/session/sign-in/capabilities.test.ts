import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { capabilities, findCapabilities, judge, UNKNOWN_CAPABILITIES, evidenceOf } from './capabilities.ts';

type Evidence = Parameters<typeof judge>[0];
const SEEN = ['answered', 'scope', 'unmapped', 'absent', 'failed', 'nothing'] as const;
const nothing: Evidence = {
  version: null,
  agents: 'nothing',
  audit: 'nothing',
  instances: 'nothing',
  keys: 'nothing',
  profileColumn: null,
};

describe('capabilities: the evidence', () => {
  test.each<[string, Partial<Evidence>, Partial<ReturnType<typeof judge>>]>([
    ['nothing answered', {}, {}],
    [
      'an admin key on the newest',
      { agents: 'answered', audit: 'answered', instances: 'answered', keys: 'answered', profileColumn: true },
      { generation: 'current', agents: 'yes', profiles: 'yes', audit: 'yes' },
    ],
    [
      'an admin key before the audit came (an unknown call is a 500)',
      { agents: 'answered', audit: 'failed', instances: 'answered', keys: 'answered', profileColumn: true },
      { generation: 'current', agents: 'yes', profiles: 'yes', audit: 'unknown' },
    ],
    [
      'a reader before the audit came',
      { agents: 'answered', audit: 'unmapped', instances: 'answered', keys: 'scope' },
      { generation: 'current', agents: 'yes', profiles: 'forbidden', audit: 'no' },
    ],
    [
      'a key that may do nothing',
      { agents: 'scope', audit: 'scope', instances: 'scope', keys: 'scope' },
      { generation: 'current', agents: 'forbidden', profiles: 'forbidden', audit: 'forbidden' },
    ],
    [
      'an admin key in February, 500 for what is not there',
      { agents: 'failed', audit: 'failed', instances: 'answered', keys: 'answered', profileColumn: false },
      { generation: 'february', agents: 'no', profiles: 'no', audit: 'no' },
    ],
    [
      'an admin key in February, 404 for what is not there',
      { agents: 'absent', audit: 'absent', instances: 'answered', keys: 'answered', profileColumn: false },
      { generation: 'february', agents: 'no', profiles: 'no', audit: 'no' },
    ],
    [
      'a reader in February',
      { agents: 'failed', audit: 'failed', instances: 'answered', keys: 'scope' },
      { generation: 'february', agents: 'no', profiles: 'no', audit: 'no' },
    ],
    [
      'a current one whose agents fail',
      { agents: 'failed', audit: 'unmapped', instances: 'answered', keys: 'scope' },
      { generation: 'current', agents: 'unknown', profiles: 'forbidden', audit: 'no' },
    ],
    [
      'a current one whose agents and audit fail, evidenceOf by an admin key',
      { agents: 'failed', audit: 'failed', instances: 'answered', keys: 'answered', profileColumn: true },
      { generation: 'current', agents: 'unknown', profiles: 'yes', audit: 'unknown' },
    ],
    ['everything fails', { agents: 'failed', audit: 'failed', instances: 'failed', keys: 'failed' }, {}],
    [
      'only agents fail and the rest is slow',
      { agents: 'failed', audit: 'nothing', instances: 'answered', keys: 'nothing' },
      {},
    ],
  ])('%s', (_name, evidence, meaning) => {
    expect(judge({ ...nothing, ...evidence })).toEqual({ ...UNKNOWN_CAPABILITIES, ...meaning });
  });

  test('gives never both generations, never one without a reason, and always a storable value', () => {
    const one = fc.constantFrom(...SEEN);
    const evidence = fc.record({
      version: fc.constant(null),
      agents: one,
      audit: one,
      instances: one,
      keys: one,
      profileColumn: fc.constantFrom(true, false, null),
    });
    fc.assert(
      fc.property(evidence, (facts) => {
        const meaning = judge(facts);
        expect(capabilities.parse(meaning)).toEqual(meaning);
        if (facts.agents === 'answered') expect(meaning).toMatchObject({ agents: 'yes', generation: 'current' });
        if (meaning.generation === 'february') {
          expect([facts.agents, facts.audit, facts.instances]).not.toContain('scope');
          expect(meaning).toMatchObject({ agents: 'no', profiles: 'no', audit: 'no' });
        }
      }),
    );
  });
});

test.each([
  [{ kind: 'forbidden', scope: 'agents:read' }, 'scope'],
  [{ kind: 'forbidden', reason: 'unmapped' }, 'unmapped'],
  [{ kind: 'forbidden', lock: 'instanceAllowlist' }, 'nothing'],
  [{ kind: 'not_found' }, 'absent'],
  [{ kind: 'unavailable', status: 500 }, 'failed'],
  [{ kind: 'unavailable', status: 503 }, 'nothing'],
  [{ kind: 'unreachable', cause: 'timeout' }, 'nothing'],
  [{ kind: 'unauthorized' }, 'nothing'],
  [{ kind: 'bad_answer', status: 200, reason: 'shape' }, 'nothing'],
])('capabilities: %j is evidence %s', (error, shown) => {
  expect(evidenceOf({ ok: false, error: { ...error, requestId: 'r' } as never })).toBe(shown);
});

const handle = (url: string, key: string) => omniAs(new Credential({ id: 'a', name: 'A', url }, key));

describe('capabilities: of the sandbox', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, persons: 5 });
  });
  afterAll(() => sandbox.stop());

  test.each([
    ['admin', { generation: 'current', version: '2.0.0', agents: 'yes', profiles: 'yes' }],
    ['viewer', { generation: 'current', agents: 'yes', profiles: 'forbidden' }],
    ['narrow', { generation: 'current', agents: 'forbidden', profiles: 'forbidden' }],
  ])('by the %s key', async (name, found) => {
    expect(await findCapabilities(handle(sandbox.url, sandbox.keys[name] ?? ''))).toMatchObject(found);
  });
});

describe('capabilities: of other servers', () => {
  let server: Server | undefined;
  afterEach(() => {
    server?.closeAllConnections();
    server?.close();
  });
  async function listen(answers: Record<string, [number, unknown]>): Promise<{ url: string; asked: string[] }> {
    const asked: string[] = [];
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '', 'http://x').pathname.replace('/api/v2', '');
      asked.push(`${request.method} ${path}`);
      const [status, body] = answers[path] ?? [
        500,
        { error: { code: 'INTERNAL_ERROR', message: 'invalid input syntax for type uuid: "x"' } },
      ];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    });
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
  }

  test('the February generation, whose unknown calls are a 500 (behaviour 10), without a write', async () => {
    const { url, asked } = await listen({
      '/health': [200, { status: 'healthy', version: '2.0.0' }],
      '/instances': [200, { items: [], meta: { hasMore: false } }],
      '/keys': [200, { items: [{ id: 'x', name: 'old', keyHash: 'secret' }], meta: { total: 1 } }],
    });
    expect(await findCapabilities(handle(url, 'k'))).toEqual({
      generation: 'february',
      version: '2.0.0',
      agents: 'no',
      profiles: 'no',
      audit: 'no',
    });
    expect(asked.filter((call) => !call.startsWith('GET '))).toEqual([]);
  });

  test('a server that fails at everything', async () => {
    const { url } = await listen({});
    expect(await findCapabilities(handle(url, 'k'))).toEqual(UNKNOWN_CAPABILITIES);
  });
});
