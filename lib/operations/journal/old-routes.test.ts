import { describe, expect, it } from 'vitest';
import { old, about, was, undone, continued, look, route, world } from '#lib/operations/testing/old-store/old-world.ts';

describe('routes', () => {
  it('routes.edit: undo puts every setting back', async () => {
    expect(await route(about('route-edit', 'route'))).not.toEqual(was('route-edit', 'route'));
    await undone('route-edit');
    expect(await route(about('route-edit', 'route'))).toEqual(was('route-edit', 'route'));
  });

  it('routes.edit: one whose answer never came continues', async () => {
    await continued('route-edit-died');
    expect(await route(about('route-edit-died', 'route'))).toMatchObject({ agent_timeout: 9, label: 'Morreu' });
  });

  it('routes.delete: undo makes the route again', async () => {
    expect((await look(about('route-delete', 'person'))).routes).toEqual([]);
    await undone('route-delete');
    expect(await look(about('route-delete', 'person'))).toEqual(was('route-delete', 'person'));
  });

  it('routes.recreate: one that stopped takes the stand-in agent away', async () => {
    await continued('route-recreate-stopped');
    const sql = 'SELECT agent_id, is_active, label FROM agent_routes WHERE chat_id = ?';
    const rows = await world.control.sql(sql, [about('route-recreate-stopped', 'chat')]);
    expect(rows).toEqual([{ agent_id: null, is_active: 1, label: 'A meio' }]);
  });

  it('routes.recreate: undo deletes what it made', async () => {
    expect((await look(about('route-recreate', 'person'))).routes).toHaveLength(1);
    await undone('route-recreate');
    expect((await look(about('route-recreate', 'person'))).routes).toEqual([]);
  });

  it('routes.create: undo deletes it', async () => {
    const sql = 'SELECT id FROM agent_routes WHERE chat_id = ?';
    expect(await world.control.sql(sql, [about('route-create', 'chat')])).toHaveLength(1);
    await undone('route-create');
    expect(await world.control.sql(sql, [about('route-create', 'chat')])).toEqual([]);
  });

  it('routes.withdraw: undo makes the route once more', async () => {
    await undone('route-withdraw');
    const { routes } = await look(about('route-withdraw', 'person'));
    expect(routes).toMatchObject([{ scope: 'user', is_active: 1, priority: 0 }]);
  });

  it('routes.activate: undo switches it on', async () => {
    expect(await route(about('route-activate', 'route'))).toMatchObject({ is_active: 0 });
    await undone('route-activate');
    expect(await route(about('route-activate', 'route'))).toMatchObject({ is_active: 1 });
  });

  it('routes.many: undo switches all on, undo makes all again', async () => {
    await undone('many-off');
    for (const id of Object.values(old('many-off').about)) expect(await route(id)).toMatchObject({ is_active: 1 });
    const count = async () => (await world.control.sql('SELECT id FROM agent_routes')).length;
    const before = await count();
    await undone('many-delete');
    expect(await count()).toBe(before + 2);
  });

  it('routes.many: one that stopped deletes the rest, one that was refused is tried again', async () => {
    await continued('many-delete-stopped');
    for (const id of Object.values(old('many-delete-stopped').about)) expect(await route(id)).toBeNull();
    await continued('many-off-failed');
    for (const id of Object.values(old('many-off-failed').about))
      expect(await route(id)).toMatchObject({ is_active: 0 });
  });
});
