import { describe, expect, it } from 'vitest';
import { resume } from '#lib/operations/run/run.ts';
import {
  old,
  about,
  was,
  undone,
  continued,
  look,
  NOBODY,
  holderOf,
  inForce,
  sorted,
  world,
  shownAnew,
} from '#lib/operations/testing/old-store/old-world.ts';

describe('persons', () => {
  it('persons.merge: undo brings the duplicate back', async () => {
    await undone('merge');
    const [duplicate, survivor] = [was('merge', 'goes'), was('merge', 'stays')];
    const back = await holderOf(duplicate.identities[0]);
    expect(await look(back)).toEqual(inForce(duplicate));
    expect(await look(about('merge', 'stays'))).toEqual(survivor);
  });

  it.each(['merge-stopped', 'merge-died', 'merge-failed'])('persons.merge: continues (%s)', async (role) => {
    await continued(role);
    const [duplicate, survivor] = [was(role, 'goes'), was(role, 'stays')];
    expect(await look(about(role, 'goes'))).toEqual(NOBODY);
    const now = await look(about(role, 'stays'));
    expect(now).toEqual({
      person: { ...survivor.person, primary_email: duplicate.person?.primary_email },
      identities: sorted(duplicate.identities, survivor.identities),
      rules: duplicate.rules,
      routes: duplicate.routes,
      agents: duplicate.agents,
    });
  });

  it('persons.merge: one that stopped can be undone instead', async () => {
    await undone('merge-stopped');
    expect(await look(await holderOf(was('merge-stopped', 'goes').identities[0]))).toEqual(
      was('merge-stopped', 'goes'),
    );
  });

  it('persons.merge-many: undo brings everybody back', async () => {
    await undone('merge-many');
    for (const one of ['one', 'two']) {
      expect(await look(await holderOf(was('merge-many', one).identities[0]))).toEqual(was('merge-many', one));
    }
    expect(await look(about('merge-many', 'stays'))).toEqual(was('merge-many', 'stays'));
  });

  it('persons.merge-many: one that stopped between two merges continues', async () => {
    await continued('merge-many-stopped');
    expect((await look(about('merge-many-stopped', 'stays'))).identities).toHaveLength(3);
    for (const one of ['one', 'two']) expect(await look(about('merge-many-stopped', one))).toEqual(NOBODY);
  });

  it('persons.unmerge: one that stopped continues', async () => {
    const entry = await continued('unmerge-stopped');
    // The copy that the merge made is moved, where the undo of before would have made another and deleted it.
    const copy = entry.steps.find(({ id }) => id.startsWith('drop-rule:'))?.id.slice('drop-rule:'.length) ?? '';
    const fresh = entry.steps.find(({ id }) => id.startsWith('new-person:'))?.result;
    expect(await world.control.sql('SELECT person_id FROM access_rules WHERE id = ?', [copy])).toEqual([
      { person_id: fresh },
    ]);
    const duplicate = was('merge-half-undone', 'goes');
    expect(await look(await holderOf(duplicate.identities[0]))).toEqual(duplicate);
    expect(await look(about('merge-half-undone', 'stays'))).toEqual(was('merge-half-undone', 'stays'));
  });

  it.each(['unmerge', 'unmerge-many'])('persons.unmerge: undo joins them again (%s)', async (role) => {
    const before = await look(about(role, 'stays'));
    const entry = await undone(role);
    expect(entry.steps.some(({ id }) => id.endsWith('merge'))).toBe(true);
    expect((await look(about(role, 'stays'))).identities.length).toBe(before.identities.length + 2);
  });

  it('persons.move-identity: undo gives it back', async () => {
    expect(await holderOf(about('move', 'identity'))).toBe(about('move', 'to'));
    await undone('move');
    expect(await look(about('move', 'from'))).toEqual(was('move', 'from'));
    expect(await look(about('move', 'to'))).toEqual(was('move', 'to'));
  });

  it('persons.move-identity: one that stopped in between continues', async () => {
    await continued('move-stopped');
    expect(await holderOf(about('move-stopped', 'identity'))).toBe(about('move-stopped', 'to'));
  });

  it('persons.put-back: takes back a move that stopped in between', async () => {
    await undone('move-stopped');
    expect(await look(about('move-stopped', 'from'))).toEqual(was('move-stopped', 'from'));
  });

  it('persons.unlink: undo puts the identity back', async () => {
    await undone('unlink');
    expect(await look(about('unlink', 'person'))).toEqual(was('unlink', 'person'));
  });

  it('persons.unlink: one that stopped continues', async () => {
    await continued('unlink-stopped');
    const fresh = await look(await holderOf(about('unlink-stopped', 'identity')));
    expect([fresh.person?.display_name, fresh.identities]).toEqual(['Parada', [about('unlink-stopped', 'identity')]]);
  });

  it('persons.put-back: undo separates them again', async () => {
    await undone('put-back');
    expect(await holderOf(about('put-back', 'identity'))).not.toBe(about('put-back', 'person'));
  });

  it('persons.edit: undo puts every field back', async () => {
    await undone('edit');
    expect(await look(about('edit', 'person'))).toEqual(was('edit', 'person'));
  });

  it('persons.restore: undo writes what was typed once more', async () => {
    await undone('restore');
    expect((await look(about('restore', 'person'))).person?.display_name).toBe('Por engano');
  });

  it.each(['edit-failed', 'edit-outcome-unknown', 'edit-died-after'])('persons.edit: continues (%s)', async (role) => {
    await continued(role);
    expect((await look(about(role, 'person'))).person?.display_name).toBe('Mudado');
  });
});

it('persons.edit: one that died before it was planned is shown anew, and runs then', async () => {
  await shownAnew(resume(world.runner(), old('edit-died-checking').id));
  expect((await look(about('edit-died-checking', 'person'))).person?.display_name).toBe('Mudado');
});
