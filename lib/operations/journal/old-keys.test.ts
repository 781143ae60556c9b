import { beforeEach, describe, expect, it } from 'vitest';
import { readRotationProgress, reconcile } from '#lib/keys/rotate/rotation-progress.ts';
import { acknowledge, readRotation, rotationsUnderWay } from '#lib/keys/rotate/rotations.ts';
import { listEntries } from './list.ts';
import type { OldRotation } from '#lib/operations/testing/old-store/old-store.ts';
import { actorNames, formersOf } from '#lib/store/actors.ts';
import {
  reader,
  manifest,
  SERVER,
  old,
  about,
  undone,
  continued,
  done,
  key,
  world,
  changes,
} from '#lib/operations/testing/old-store/old-world.ts';

describe('keys', () => {
  it('keys.create: undo revokes the key', async () => {
    await undone('key-create');
    expect(await key(about('key-create', 'key'))).toMatchObject({ status: 'revoked' });
  });

  it('keys.create: a key nobody could read is revoked when it continues', async () => {
    await continued('key-create-died', 'differs');
    expect(await key(about('key-create-died', 'key'))).toMatchObject({ status: 'revoked' });
  });

  it('keys.edit: undo puts every field back', async () => {
    await undone('key-edit');
    expect(await key(about('key-edit', 'key'))).toMatchObject({
      name: about('key-edit', 'name'),
      description: 'CRM',
      scopes: '["persons:read","auth:validate"]',
      instance_ids: null,
      rate_limit: null,
      expires_at: null,
    });
  });

  it('keys.set-expiry: undo takes the end away', async () => {
    await undone('expiry');
    expect(await key(about('expiry', 'key'))).toMatchObject({ expires_at: null, description: 'CRM' });
  });
});

describe('rotations', () => {
  const rotation = (role: string): OldRotation => {
    const one = manifest.rotations[role];
    if (!one) throw new Error(`no rotation ${role}`);
    return one;
  };
  // Reconciling records what it sees.
  beforeEach(changes);
  const rowOf = async ({ id }: OldRotation) => {
    const row = await readRotation(world.db, id);
    if (!row) throw new Error('no rotation');
    return row;
  };
  const progressOf = async (one: OldRotation) =>
    readRotationProgress(world.db, world.runner().omni(), await rowOf(one));
  const reconciled = async (one: OldRotation) => {
    await reconcile(world.db, world.runner().omni(), await rowOf(one));
    return readRotationProgress(world.db, world.runner().omni(), await rowOf(one));
  };
  const expiry = ({ id, oldKeyId, newKeyId, newPrefix }: OldRotation, ms: number) => ({
    keyId: oldKeyId,
    expiresAt: new Date(Date.now() + ms).toISOString(),
    replacedBy: { id: newKeyId, prefix: newPrefix },
    rotationId: id,
  });

  it('each stands where it stood', async () => {
    const states = Object.fromEntries(
      await Promise.all(
        Object.entries(manifest.rotations).map(async ([role, one]) => [role, (await progressOf(one)).state]),
      ),
    );
    expect(states).toEqual({
      stored: 'stored',
      overlap: 'overlap',
      'expiry-back': 'stored',
      died: 'stopped',
      'expiry-died': 'stored',
      done: 'done',
      cancelled: 'cancelled',
      'cancel-died': 'stored',
      unstored: 'unstored',
    });
    const open = await rotationsUnderWay(world.db, SERVER);
    expect(open.map(({ who }) => who)).toEqual(Array(7).fill('Ana'));
  });

  it('keys.set-expiry and keys.revoke: one whose new key is stored goes on to its end', async () => {
    const one = rotation('stored');
    await done('keys.set-expiry', expiry(one, 900_000));
    expect((await progressOf(one)).state).toBe('overlap');
    await done('keys.revoke', { id: one.oldKeyId, reason: 'Rotated', replacedBy: one.newKeyId });
    expect((await reconciled(one)).state).toBe('done');
    expect(await key(one.oldKeyId)).toMatchObject({ status: 'revoked', revoke_reason: 'Rotated' });
    expect(await key(one.newKeyId)).toMatchObject({ status: 'active', expires_at: null });
    expect((await readRotation(world.db, one.id))?.closedAs).toBe('done');
  });

  it('keys.revoke: one with an end ahead ends before it', async () => {
    const one = rotation('overlap');
    await done('keys.revoke', { id: one.oldKeyId, reason: 'Rotated', replacedBy: one.newKeyId });
    expect((await progressOf(one)).state).toBe('done');
  });

  it('one whose end comes has expired', async () => {
    const one = rotation('overlap');
    await world.control.moveClock(2 * 3_600_000);
    expect((await progressOf(one)).state).toBe('expired');
  });

  it('keys.set-expiry: one that died before the end was set continues', async () => {
    const one = rotation('expiry-died');
    await continued('expiry-died');
    expect((await progressOf(one)).state).toBe('overlap');
    expect(await key(one.oldKeyId)).toMatchObject({
      description: `CRM [replaced by ${one.newPrefix}… ${one.newKeyId}]`,
    });
  });

  it('keys.mint: a key that was made and never shown is found, and the rotation can be cancelled', async () => {
    const one = rotation('died');
    await continued('mint-died', 'differs');
    const progress = await progressOf(one);
    expect([progress.state, progress.delivered]).toEqual(['unstored', false]);
    const newKeyId = progress.row.newKeyId ?? '';
    await done('keys.cancel-rotation', { rotationId: one.id, oldKeyId: one.oldKeyId, newKeyId, oldExpiresAt: null });
    expect([await key(one.oldKeyId), await key(newKeyId)]).toMatchObject([{ status: 'active' }, { status: 'revoked' }]);
  });

  it('keys.cancel-rotation: one that died between the two keys continues', async () => {
    const one = rotation('cancel-died');
    await continued('cancel-died');
    expect((await progressOf(one)).state).toBe('cancelled');
    expect(await key(one.oldKeyId)).toMatchObject({ status: 'active', expires_at: null, description: 'CRM' });
    expect(await key(one.newKeyId)).toMatchObject({ status: 'revoked' });
  });

  it('one whose new key was not stored yet can be told so, and its key stands for the old one in Activity', async () => {
    const one = rotation('unstored');
    await acknowledge(world.db, one.id, Date.now());
    expect((await progressOf(one)).state).toBe('stored');
    const actors = actorNames(SERVER, String((await key(one.newKeyId)).key_hash));
    expect(await formersOf(world.db, actors)).toEqual([manifest.others.formerActor]);
    const [entry] = await listEntries(
      world.db,
      { ...reader, scopes: [], actors: await formersOf(world.db, actors) },
      {},
      10,
    );
    expect(entry?.id).toBe(old('edit-by-replaced-key').id);
  });
});
