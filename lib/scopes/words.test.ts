import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { covers, PROFILES } from '../../sandbox/wire/scopes.ts';
import { createControl, type Control } from '../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../sandbox/wire/server.ts';
import type { OmniGeneration } from './generations.ts';
import { permissionLines, permissionsInLine } from './permission-lines.ts';
import { KNOWN_SCOPES, RESOURCES, shownScope } from './table.ts';
import { firstParts, partsOf, permissionsOf, reachesFar, type Permissions } from './words.ts';

const namespaces = [...new Set(KNOWN_SCOPES.map((scope) => scope.slice(0, scope.indexOf(':'))))];

/** Scope sets: every namespace whole, then single ones, written and not read, misspelled, and Omni's profiles. */
const SETS: readonly (readonly string[])[] = [
  ...namespaces.map((namespace) => [`${namespace}:*`]),
  ['*'],
  ['*', 'perons:read'],
  ...['persons', 'routes', 'keys', 'agents', 'providers', 'instances', 'access'].map((name) => [`${name}:write`]),
  ['persons:read'],
  ['keys:read'],
  ['keys:read', 'keys:write'],
  ['persons:read', 'persons:write', 'routes:read'],
  ['persons:write', 'chats:read', 'messages:send'],
  ['auth:validate'],
  ['auth:validate', 'persons:read'],
  ['messages:send'],
  ['turns:close', 'tts:synthesize', 'a2a:invoke'],
  ['perons:read'],
  ['person:*', 'persons:read'],
  ['Persons:read'],
  ['persons'],
  [':*', '*:read', 'persons:reads'],
  ['audit:write', 'audit:read'],
  ['settings:write'],
  ['persons:merge'],
  ['routes:*', 'routes:read'],
  ...Object.values(PROFILES).map(({ scopes }) => scopes),
];

/** The calls of the sandbox's policy, each with the scope it needs, by the policy itself. */
const CALLS = [
  ...readFileSync(join(import.meta.dirname, '../../sandbox/wire/scopes.ts'), 'utf8').matchAll(
    /^(GET|POST|PATCH|DELETE) +(\/\S*) +(\S+)$/gm,
  ),
]
  .map(([, method = '', path = '', scope = '']) => ({ method, path: path.replaceAll(/:\w+/g, randomUUID()), scope }))
  // It only reads the key's own row, and has a word where it is alone.
  .filter(({ scope }) => scope !== 'auth:validate');

/** Whether words permit a call that needs a scope. */
function permits(permissions: Permissions, scope: string): boolean {
  const [name = '', verb = ''] = scope.split(':');
  if (permissions.everything) return true;
  if (name === 'keys' && permissions.manageKeys) return true;
  if (permissions.allButKeys && name !== 'keys') return true;
  if (permissions.readAndWrite.includes(name)) return true;
  return (verb === 'read' ? permissions.read : permissions.writeOnly).includes(name);
}

for (const [generation, spoken] of [
  ['current', 'measured'],
  ['february', 'feb'],
] as const satisfies readonly [OmniGeneration, string][]) {
  describe(`permissionsOf on a ${generation} server`, () => {
    let sandbox: Sandbox;
    let control: Control;
    beforeAll(async () => {
      sandbox = await startSandbox({ port: 0, persons: 100, generation: spoken });
      control = createControl(sandbox.url);
      await control.rateLimit(1_000_000);
    });
    afterAll(() => sandbox.stop());

    test(`the words say what the server allows, call by call: ${SETS.length} scope sets`, async () => {
      expect(SETS.length).toBeGreaterThanOrEqual(60);
      expect(CALLS.length).toBeGreaterThan(45);
      const told: unknown[] = [];
      const allowed: unknown[] = [];
      for (const scopes of SETS) {
        const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
        await control.rows({ api_keys: [{ name: scopes.join(' ').slice(0, 99), secret, scopes }] });
        const permissions = permissionsOf(scopes, generation);
        const asked = CALLS.map(async ({ method, path, scope }) => {
          const answer = await fetch(`${sandbox.url}/api/v2${path}`, {
            method,
            headers: { 'x-api-key': secret, 'content-type': 'application/json' },
            ...(method === 'GET' ? {} : { body: '{}' }),
          });
          const lacking = answer.status === 403 && (await answer.text()).includes(`Required scope: ${scope}`);
          told.push([scopes.join(), method, path, permits(permissions, scope)]);
          allowed.push([scopes.join(), method, path, !lacking]);
        });
        await Promise.all(asked);
      }
      expect(told).toEqual(allowed);
    }, 120_000);
  });
}

const shortOf = (scopes: readonly string[], generation: OmniGeneration = 'current') =>
  permissionsInLine(permissionsOf(scopes, generation), say);
const say = (key: string, values?: Readonly<Record<string, unknown>>): string | null =>
  key.startsWith('resources.') ? null : [key, values?.what].filter(Boolean).join(' ');

describe('permissionsOf', () => {
  it('tells writing alone from reading and writing, and expands a wildcard with what it gives besides', () => {
    const permissions = permissionsOf(['routes:*', 'persons:write', 'messages:*', 'turns:*', 'agents:read'], 'current');
    expect(permissions).toMatchObject({
      readAndWrite: ['messages', 'routes'],
      writeOnly: ['persons'],
      read: ['agents'],
      send: true,
      single: ['turns:close', 'turns:admin'],
      wildcards: ['routes:*', 'messages:*', 'turns:*'],
      unknown: [],
    });
  });

  it('keeps what Omni matches against nothing apart, and gives it no word', () => {
    const { unknown, ...rest } = permissionsOf(
      ['perons:read', 'Persons:read', 'audit:write', 'odd', 'persons:*:read', 'persons:*:*', '*:*', '*:read'],
      'current',
    );
    expect(unknown).toEqual([
      'perons:read',
      'Persons:read',
      'audit:write',
      'odd',
      'persons:*:read',
      'persons:*:*',
      '*:*',
      '*:read',
    ]);
    expect(partsOf({ ...rest, unknown })).toEqual([]);
    expect(permissionLines({ ...rest, unknown }, say)).toEqual(['nothing']);
  });

  it('says of any scopes, however they are written, what the server’s own comparison allows, once each', () => {
    const odd = fc.constantFrom(
      '',
      ' ',
      '*',
      '*:*',
      ':*',
      '*:read',
      'persons:',
      ':read',
      'persons:read:x',
      '**',
      '__proto__:*',
    );
    const known = fc.constantFrom(...KNOWN_SCOPES, ...namespaces.map((namespace) => `${namespace}:*`));
    const written = fc.tuple(known, fc.constantFrom('as is', 'upper', 'space', 'typo', 'line')).map(([scope, how]) => {
      if (how === 'upper') return scope.toUpperCase();
      if (how === 'space') return ` ${scope}`;
      if (how === 'line') return `${scope}\n`;
      return how === 'typo' ? scope.slice(0, 2) + scope.slice(3) : scope;
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(written, written, known, odd), { maxLength: 60 }), (scopes) => {
        const permissions = permissionsOf(scopes, 'current');
        const { readAndWrite, writeOnly, read, single, send, manageKeys, unknown, wildcards } = permissions;
        for (const { name, writable } of RESOURCES) {
          for (const verb of writable ? ['read', 'write'] : ['read'])
            expect([name, verb, permits(permissions, `${name}:${verb}`)]).toEqual([
              name,
              verb,
              covers(scopes, `${name}:${verb}`),
            ]);
        }
        expect(send || permissions.everything).toBe(covers(scopes, 'messages:send'));
        for (const scope of ['tts:synthesize', 'turns:close', 'turns:admin', 'a2a:invoke'])
          expect(single.includes(scope) || permissions.everything).toBe(covers(scopes, scope));
        for (const list of [readAndWrite, writeOnly, read, single, unknown, wildcards])
          expect(list.length).toBe(new Set(list).size);
        for (const scope of unknown) expect(KNOWN_SCOPES.some((one) => covers([scope], one))).toBe(false);
        expect(manageKeys && [...readAndWrite, ...writeOnly, ...read].includes('keys')).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('names validating itself only where it is all there is', () => {
    expect(permissionsOf(['auth:*'], 'current').single).toEqual(['auth:validate']);
    expect(permissionsOf(['auth:validate', 'persons:read'], 'current').single).toEqual([]);
  });

  it('has a word in both languages for every resource and single scope', () => {
    for (const language of ['en', 'pt-BR']) {
      const messages = JSON.parse(readFileSync(join(import.meta.dirname, `../../messages/${language}.json`), 'utf8'));
      const { resources, single } = (messages as { scopes: Record<string, Record<string, string>> }).scopes;
      for (const { name } of RESOURCES)
        expect([language, name, typeof resources?.[name]]).toEqual([language, name, 'string']);
      const singles = permissionsOf(KNOWN_SCOPES, 'current').single.map((scope) => scope.replace(':', '-'));
      expect(Object.keys(single ?? {})).toEqual(expect.arrayContaining(singles));
    }
  });
});

describe('permissionsInLine', () => {
  it('shows three words, what reaches farthest first, and counts the rest', () => {
    expect(shortOf(['persons:read', 'chats:read'])).toBe('read persons, chats');
    expect(shortOf(PROFILES['console-admin'].scopes)).toMatch(/^manage-keys · read-and-write persons, chats \+\d\d$/);
    expect(shortOf(['*', 'persons:read'])).toBe('everything');
    expect(shortOf(['persons:*', 'keys:write'])).toBe('write-only keys · read-and-write persons');
    expect(shortOf(['persons:read', 'keys:read'], 'february')).toBe('all-but-keys · read keys');
    expect(shortOf(['perons:read'])).toBe('');
    expect(shortOf([])).toBe('nothing');
  });

  it('loses no word: what is shown and what is counted are all', () => {
    for (const scopes of SETS) {
      const parts = partsOf(permissionsOf(scopes, 'current'));
      const words = (list: typeof parts) => list.reduce((sum, { of }) => sum + Math.max(1, of.length), 0);
      const short = firstParts(parts, 3);
      expect(words(short.parts) + short.more).toBe(words(parts));
      expect(words(short.parts)).toBeLessThanOrEqual(3);
    }
  });
});

test.each([
  [['*'], true],
  [['keys:write'], true],
  [['keys:*'], true],
  [['keys:read', 'persons:*'], false],
  [['keys:writes'], false],
])('reachesFar: %j %s', (scopes, far) => expect(reachesFar(scopes)).toBe(far));

test.each([
  ['persons:read', 'persons:read'],
  ['*', '*'],
  ['perons:read', 'perons:read'],
  [' persons:read', '" persons:read"'],
  ['persons:read\n', '"persons:read\\n"'],
  ['persons:\u200bread', '"persons:\\u200bread"'],
  ['', '""'],
  ['persons', '"persons"'],
])('shownScope: %j as %s', (scope, shown) => expect(shownScope(scope)).toBe(shown));
