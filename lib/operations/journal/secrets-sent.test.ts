import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore, type Store } from '#lib/store/database.ts';
import { testEngines } from '#lib/store/testing/stores.ts';
import { deliveryOf, recordSent, recordShown, SHOWN_WITHIN_MS, unconfirmedSecrets } from './secrets-sent.ts';

const engines = await testEngines();

describe.each(engines)('secrets sent, on $name', ({ newPlace }) => {
  let db: Store;
  beforeAll(async () => {
    db = await openStore(await newPlace());
  });
  afterAll(() => db.destroy());

  /** The text of a new key leaves; its subject. */
  async function sent({ server = 'demo', ago = 0 } = {}): Promise<{ subject: string; entryId: string }> {
    const [entryId, subject] = [crypto.randomUUID(), `key:${crypto.randomUUID()}`];
    await db
      .insertInto('operations')
      .values({
        id: entryId,
        preview_id: entryId,
        operation: 'keys.create',
        server,
        actor: 'demo/Ana',
        status: 'done',
        fence: 1,
        lease_until: 0,
        stop_requested: 0,
        undo_of: null,
        undone_by: null,
        open_until: null,
        created_at: 1,
        touched_at: 1,
        finished_at: 1,
        body: '',
      })
      .execute();
    await recordSent(db, { entryId, server, subject, label: 'crm' });
    if (ago > 0) {
      await db
        .updateTable('secrets_sent')
        .set((eb) => ({ sent_at: eb('sent_at', '-', ago) }))
        .where('subject', '=', subject)
        .execute();
    }
    return { subject, entryId };
  }

  it('is awaited for a minute, then it may not have been shown', async () => {
    const [young, old] = [await sent(), await sent({ ago: SHOWN_WITHIN_MS })];
    expect(await deliveryOf(db, 'demo', young.subject)).toBe('awaited');
    expect(await deliveryOf(db, 'demo', old.subject)).toBe('unconfirmed');
    expect(await unconfirmedSecrets(db, 'demo')).toMatchObject([{ ...old, label: 'crm' }]);
    expect(await unconfirmedSecrets(db, 'demo', young.entryId)).toEqual([]);
    expect(await deliveryOf(db, 'demo', 'key:never')).toBe('unrecorded');
  });

  it('is shown once its page says so, also late, and under a name the key had before', async () => {
    const { subject } = await sent({ ago: SHOWN_WITHIN_MS });
    await recordShown(db, 'demo', ['demo/New', 'demo/Ana'], subject);
    expect(await deliveryOf(db, 'demo', subject)).toBe('shown');
  });

  it('is not shown because another key or another server says so', async () => {
    const { subject } = await sent({ server: 'other', ago: SHOWN_WITHIN_MS });
    await recordShown(db, 'other', ['demo/Rui'], subject);
    await recordShown(db, 'demo', ['demo/Ana'], subject);
    expect(await deliveryOf(db, 'other', subject)).toBe('unconfirmed');
  });
});
