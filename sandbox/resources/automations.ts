import { databaseUuid, notFound } from '../wire/http-errors.ts';
import { param } from '../wire/input.ts';
import { findRow, toWire } from '../world/tables.ts';
import { automations, settings } from '../wire/wire-rows.ts';
import type { World } from '../world/world.ts';
import type { Api } from '../wire/call.ts';

/** Read only: the console looks here for conditions that name a person. */
export function registerAutomations(api: Api, world: World): void {
  const { store } = world;

  api.get('/automations', (call) => {
    const rows = store.all('SELECT * FROM automations ORDER BY priority DESC, created_at');
    return call.json({ items: rows.map((row) => toWire(automations, row)) });
  });

  api.get('/automations/:id', (call) => {
    const row = findRow(store, automations, databaseUuid(param(call, 'id')));
    if (!row) throw notFound('Automation', param(call, 'id'));
    return call.json({ data: toWire(automations, row) });
  });

  api.get('/settings', (call) => {
    const rows = store.all('SELECT * FROM settings ORDER BY key');
    return call.json({ items: rows.map((row) => toWire(settings, row)) });
  });
}
