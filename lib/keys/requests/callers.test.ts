import { beforeEach, describe, expect, it } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { z } from 'zod';
import { Credential } from '#lib/omni/door/credential.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { VERSION } from '#lib/omni/version.ts';
import { quietFor } from '#lib/keys/rotate/rotation-state.ts';
import { callRows } from '#lib/keys/testing/calls.ts';
import { callWith, newKey, type TestKey } from '#lib/keys/testing/bed.ts';
import { useOfKey } from './callers.ts';
import { newestUse } from './newest-use.ts';

const MINUTE = 60_000;
let key: TestKey;

const { sandbox, control } = await ownSandbox({ persons: 100 });
beforeEach(async () => {
  key = await newKey(control, { scopes: ['*'] });
});

/** A session of this console with a key. */
const sessionOf = (secret: string, sid: string | undefined, actor: string): Omni =>
  omniAs(new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, secret), { actor, ...(sid ? { sid } : {}) });
const asks = (omni: Omni, path = '/persons') => omni.request({ method: 'GET', path, schema: z.unknown() });

async function seenBy(omni: Omni, minutes = 5) {
  const now = Date.now();
  const use = await useOfKey(omni, key.id, { now, since: now - minutes * MINUTE, pages: 10 });
  if (!use.ok) throw new Error(use.error.kind);
  const who = use.value.integrations.map(({ session, userAgent, requests }) => [session ?? userAgent, requests]);
  return { ...use.value, who, quiet: quietFor(use.value, minutes, now).quiet };
}

const AGENT = `omni-console/${VERSION}`;

describe('useOfKey', () => {
  it('says never only where the whole log has nothing', async () => {
    const admin = sessionOf(sandbox.keys.admin, 'ana', 'Ana');
    expect(await seenBy(admin)).toMatchObject({ who: [], last: null, since: null, requestsRead: 0, quiet: true });
  });

  it('leaves the reader’s own requests out, and names a colleague’s session on this console', async () => {
    const mine = sessionOf(key.secret, 'ana', 'Ana');
    await asks(mine);
    await asks(mine, '/chats');
    expect(await seenBy(mine)).toMatchObject({ who: [], quiet: true, since: null });
    const theirs = sessionOf(key.secret, 'rui', 'Rui');
    await asks(theirs);
    await asks(theirs);
    expect(await seenBy(mine)).toMatchObject({ who: [['Rui', 2]], quiet: false });
    // For whoever reads with another key, both sessions use this one.
    const admin = sessionOf(sandbox.keys.admin, 'eva', 'Eva');
    expect((await seenBy(admin)).who.map(([name]) => name)).toEqual(['Ana', 'Rui']);
  });

  it('takes a forged agent for what it is: something else with this key', async () => {
    const mine = sessionOf(key.secret, 'ana', 'Ana');
    await asks(mine);
    expect(await callWith(sandbox.url, key.secret, '/persons', AGENT)).toBe(200);
    expect(await callWith(sandbox.url, key.secret, '/persons', AGENT)).toBe(200);
    // Which of the three is whose can't be told, but two of them are not this session's.
    const { integrations, quiet } = await seenBy(mine);
    expect(integrations.map(({ session, userAgent }) => [session, userAgent])).toContainEqual([null, AGENT]);
    expect(integrations.reduce((sum, { requests }) => sum + requests, 0)).toBe(2);
    expect(quiet).toBe(false);
  });

  it('takes another console’s requests, sent at another time, for somebody’s use', async () => {
    const mine = sessionOf(key.secret, 'ana', 'Ana');
    await asks(mine);
    const [row] = callRows(key.id, 1, { newest: Date.now() - MINUTE });
    await control.rows({ api_key_audit_logs: [{ ...row, path: '/api/v2/persons', method: 'GET', userAgent: AGENT }] });
    expect(await seenBy(mine)).toMatchObject({ who: [[AGENT, 1]], quiet: false });
  });

  it('leaves the console’s own checks of a new key out', async () => {
    await asks(sessionOf(key.secret, undefined, 'rotation'));
    expect(await seenBy(sessionOf(sandbox.keys.admin, 'ana', 'Ana'))).toMatchObject({ who: [], quiet: true });
  });

  it('is silent once the log was read back that far, and can’t tell before', async () => {
    const admin = sessionOf(sandbox.keys.admin, 'ana', 'Ana');
    await callWith(sandbox.url, key.secret);
    expect((await seenBy(admin)).quiet).toBe(false);
    const before = (Date.now() - 6 * MINUTE) * 1000;
    await control.write('UPDATE api_key_audit_logs SET timestamp = ? WHERE api_key_id = ?', [before, key.id]);
    await control.write('UPDATE api_keys SET last_used_at = ? WHERE id = ?', [before, key.id]);
    expect((await seenBy(admin)).quiet).toBe(true);
    const mine = sessionOf(key.secret, 'ana', 'Ana');
    for (let n = 0; n < 120; n += 1) await asks(mine);
    const now = Date.now();
    const read = async (since: number, pages: number) => {
      const use = await useOfKey(mine, key.id, { now, since, pages });
      return use.ok ? { ...use.value, quiet: quietFor(use.value, 5, now).quiet } : null;
    };
    expect(await read(now - 5 * MINUTE, 1)).toMatchObject({ last: null, quiet: null, own: 100 });
    expect(await read(now - 5 * MINUTE, 3)).toMatchObject({ quiet: true, since: null, requestsRead: 125 });
  });

  it('says that a key was used where only its row tells: a path too long for the log, or a request still unanswered', async () => {
    const admin = sessionOf(sandbox.keys.admin, 'ana', 'Ana');
    await callWith(sandbox.url, key.secret, `/media/${'a'.repeat(600)}`);
    const lost = await seenBy(admin);
    expect(lost).toMatchObject({ who: [], requestsRead: 0, since: null, quiet: false });
    expect([lost.last, lost.unlogged]).toEqual([expect.any(String), lost.last]);
    // Logged requests of before say nothing about it, and later ones say all there is to say.
    await control.rows({ api_key_audit_logs: callRows(key.id, 3, { newest: Date.now() - 10 * MINUTE }) });
    expect(await seenBy(admin)).toMatchObject({ requestsRead: 3, quiet: false, unlogged: expect.any(String) });
    await callWith(sandbox.url, key.secret);
    expect(await seenBy(admin)).toMatchObject({ unlogged: null, quiet: false });
  });

  it('is silent once the use that no log has is long enough ago, and never says never of it', async () => {
    const admin = sessionOf(sandbox.keys.admin, 'ana', 'Ana');
    const used = Date.now() - 30 * MINUTE;
    await control.write('UPDATE api_keys SET last_used_at = ?, usage_count = 9 WHERE id = ?', [used * 1000, key.id]);
    const seen = await seenBy(admin);
    expect(seen).toMatchObject({ quiet: true, unlogged: new Date(used).toISOString() });
    expect(quietFor(seen, 5, Date.now()).since).toBe(used);
  });

  it('takes what the reader’s own session has just sent with the key for no use of another', async () => {
    const mine = sessionOf(key.secret, 'ana', 'Ana');
    await asks(mine);
    await control.write('DELETE FROM api_key_audit_logs WHERE api_key_id = ?', [key.id]);
    expect(await seenBy(mine)).toMatchObject({ unlogged: null, quiet: true });
    const theirs = sessionOf(key.secret, 'rui', 'Rui');
    await asks(theirs);
    await control.write('DELETE FROM api_key_audit_logs WHERE api_key_id = ?', [key.id]);
    const admin = sessionOf(sandbox.keys.admin, 'eva', 'Eva');
    expect(await seenBy(admin)).toMatchObject({ unlogged: expect.any(String), quiet: false });
  });
});

describe('newestUse', () => {
  it('reads on where the newest hundred are the reader’s own, and no further than it has to', async () => {
    await control.rows({ api_key_audit_logs: callRows(key.id, 150, { newest: Date.now() - 10 * MINUTE }) });
    const mine = sessionOf(key.secret, 'ana', 'Ana');
    for (let n = 0; n < 110; n += 1) await asks(mine);
    const { use } = await newestUse(mine, key.id);
    if (use.is !== 'value') throw new Error(use.is);
    // Two pages; where one ends within a millisecond, that is read again.
    expect(use.value.requestsRead).toBeGreaterThan(150);
    expect(use.value.requestsRead).toBeLessThanOrEqual(200);
    expect(use.value.unlogged).toBeNull();
    expect(use.value.integrations.map(({ userAgent }) => userAgent)).toContain('node');
    const admin = sessionOf(sandbox.keys.admin, 'eva', 'Eva');
    const other = await newestUse(admin, key.id);
    expect(other.use).toMatchObject({ is: 'value', value: { requestsRead: 100 } });
    // The record's plot is made from up to a thousand, and its integrations from the same.
    const all = await newestUse(admin, key.id, 'thousand');
    expect(all.use).toMatchObject({ is: 'value', value: { since: null } });
    expect(all.use.is === 'value' && all.use.value.requestsRead).toBeGreaterThanOrEqual(260);
  });
});
