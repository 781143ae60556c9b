import { beforeEach, describe, expect, it } from 'vitest';
import { ownBed } from '#lib/operations/testing/own-bed.ts';
import { DEMO_KEYS, type DemoKey } from '../../../sandbox/resources/keys/keys-demo.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { runnerOfKeys } from '#lib/keys/testing/bed.ts';
import { valueOf } from '#lib/omni/seen.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { readCeiling } from './ceiling.ts';
import { readFormFacts } from './form-facts.ts';

const { admin, consoleAdmin, whatsapp } = DEMO_KEYS;
const WHATSAPP = '11111111-1111-4111-8111-111111111111';

const { sandbox, control, db } = await ownBed({ persons: 5 });
beforeEach(async () => {
  await control.reset({});
  await control.rateLimit(1_000_000);
});

const omniOf = (key: DemoKey) => omniFor(sandbox.url, key.secret);
const without = (scope: string) => admin.scopes.concat(scope).filter((one) => one !== '*' && one !== scope);
const failed = { kind: 'status', status: 500, method: 'GET', times: null } as const;
const crowd = Array.from({ length: 110 }, (_, n) => ({ name: `k${n}`, keyHash: `crowd ${n}`, scopes: ['a:b'] }));

/** The lines of a plan that say what was not seen, and why. */
async function notSeenIn(key: DemoKey, scopes: readonly string[] | null, name: string, input: object) {
  const seen = await preview(runnerOfKeys(db, sandbox.url, key.secret, scopes), name, input);
  if (!seen.ok) throw new Error(JSON.stringify(seen.problem));
  expect(seen.plan.refusal).toBeUndefined();
  return seen.plan.warnings.flatMap(({ key: line, values }) => {
    const why = values?.why;
    return typeof why === 'object' && why.is === 'not-seen'
      ? [[line, why.state, why.scope, why.status, why.limit]]
      : [];
  });
}

const draft = { name: 'Relatório', scopes: ['persons:read'], instanceIds: [WHATSAPP], expiresAt: null };

describe('keys.create and keys.edit: what a creator can grant', () => {
  it('is a value: the whole server, or the instances the own key has', async () => {
    expect((await readCeiling(omniOf(admin), ['*'])).ceiling.instances).toEqual(valueOf(null));
    expect((await readCeiling(omniOf(whatsapp), whatsapp.scopes)).ceiling.instances).toEqual(
      valueOf(whatsapp.instanceIds),
    );
  });

  it('is forbidden without keys:read, and nothing is asked', async () => {
    await control.clearCalls();
    const { ceiling, listed } = await readCeiling(omniOf(consoleAdmin), ['keys:write']);
    const forbidden = { is: 'forbidden', scope: 'keys:read' };
    expect([ceiling.instances, listed]).toEqual([forbidden, forbidden]);
    expect((await control.calls()).items).toEqual([]);
  });

  it('has failed where Omni answers 500, which is no missing permission and no “all”', async () => {
    await control.fault({ ...failed, path: 'keys' });
    const { ceiling } = await readCeiling(omniOf(admin), ['*']);
    expect(ceiling.instances).toMatchObject({ is: 'failed', problem: { values: { status: 500 } } });
  });

  it('is beyond the hundred that Omni lists where the own key is not among them', async () => {
    await control.rows({ api_keys: crowd });
    await control.write('UPDATE api_keys SET created_at = ? WHERE id = ?', [
      (Date.now() + 86_400_000) * 1000,
      consoleAdmin.id,
    ]);
    const { ceiling } = await readCeiling(omniOf(consoleAdmin), consoleAdmin.scopes);
    expect(ceiling.instances).toEqual({ is: 'beyond', limit: 100 });
  });

  it('is told with the form’s instances: a value, a missing permission, a failure', async () => {
    const facts = await readFormFacts(omniOf(admin), ['*']);
    expect([facts.held, facts.instances.is]).toEqual([valueOf(null), 'value']);
    expect((await readFormFacts(omniOf(consoleAdmin), without('instances:read'))).instances).toEqual({
      is: 'forbidden',
      scope: 'instances:read',
    });
    await control.fault({ ...failed, path: 'instances' });
    expect((await readFormFacts(omniOf(consoleAdmin), ['*'])).instances).toMatchObject({ is: 'failed' });
  });
});

describe('keys.create and keys.edit: what the plan could not see', () => {
  const input = { id: DEMO_KEYS.leaked.id, changes: { instanceIds: [WHATSAPP] } };

  it('is nothing where all was seen', async () => {
    expect(await notSeenIn(admin, ['*'], 'keys.create', draft)).toEqual([]);
    expect(await notSeenIn(admin, ['*'], 'keys.edit', input)).toEqual([]);
  });

  it('names the scope that is missing', async () => {
    expect(await notSeenIn(admin, ['persons:read', 'keys:write'], 'keys.create', draft)).toEqual([
      ['keys.create.same-name-not-seen', 'forbidden', 'keys:read', 0, 0],
      ['keys.reach-not-seen', 'forbidden', 'keys:read', 0, 0],
      ['keys.instances-not-seen', 'forbidden', 'instances:read', 0, 0],
    ]);
  });

  it('says what Omni answered', async () => {
    await control.fault({ ...failed, path: 'keys$' });
    await control.fault({ ...failed, path: 'instances' });
    const lines = await notSeenIn(consoleAdmin, ['*'], 'keys.create', draft);
    expect(lines.map(([line, state, , status]) => [line, state, status])).toEqual([
      ['keys.create.same-name-not-seen', 'failed', 500],
      ['keys.reach-not-seen', 'failed', 500],
      ['keys.instances-not-seen', 'failed', 500],
    ]);
  });

  it('is another key of that name beyond the first hundred', async () => {
    await control.rows({ api_keys: crowd });
    expect(await notSeenIn(admin, ['*'], 'keys.create', draft)).toEqual([
      ['keys.create.same-name-not-seen', 'beyond', '', 0, 100],
    ]);
  });
});
