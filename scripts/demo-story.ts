import { OPERATIONS } from '#app/operations.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { start } from '#lib/operations/run/run.ts';
import { addSavedTest } from '#lib/routes/tests/saved-tests.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { offeredServers } from '#lib/session/servers/servers.ts';
import type { Store } from '#lib/store/database.ts';
import { DEMO_KEYS, type DemoKey } from '../sandbox/resources/keys/keys-demo.ts';
import { placeOf } from '../sandbox/seed/audit.ts';
import { knownId, PLACES } from '../sandbox/seed/seeding.ts';
import { createControl, type Control } from '../sandbox/wire/control/control-client.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/**
 * Fills an empty store with three weeks of a support desk: real changes of a fresh sandbox by the console's own operations, each
 * dated back to when it is said to have been. One was undone, one was stopped halfway, and a saved test fails since then.
 */
export async function tellStory(db: Store, now = Date.now()): Promise<void> {
  const [server] = offeredServers();
  if (!server) throw new Error('OMNI_SERVERS names no server.');
  const as = (key: DemoKey, yourName: string) => runnerOf(db, new Credential(server, key.secret), key, yourName);
  const control = createControl(server.url);
  const [otavio, marina] = [as(DEMO_KEYS.support, 'Otávio'), as(DEMO_KEYS.admin, 'Marina')];
  const tell = async (ago: number, runner: Runner, seen: ReturnType<typeof preview>) => {
    const entryId = await carryOut(runner, await seen);
    await dateBack(db, control, entryId, { from: now, to: now - ago });
    return entryId;
  };

  // Kept to an allowlist nobody is on, it would mark half of the people as blocked, and hide the one who is.
  await control.write("UPDATE instances SET access_mode = 'blocklist' WHERE name = 'tg-suporte'");
  const [paty, patricia, marcos, alike] = await addPeople(control, now);
  const merge = (survivor: string, duplicate: string, reason: string) =>
    preview(otavio, 'persons.merge', { survivor, duplicate, reason, fields: {}, routes: {} });
  await tell(
    20 * DAY,
    otavio,
    preview(otavio, 'persons.edit', { id: paty, changes: { displayName: 'Patrícia Nogueira' } }),
  );
  await tell(20 * DAY - 3 * MINUTE, otavio, merge(paty, patricia, 'Mesma pessoa, dois números'));
  const mistake = await tell(13 * DAY, otavio, merge(marcos, alike, ''));
  await tell(13 * DAY - 9 * MINUTE, marina, undoPreview(marina, mistake));
  const question = { instanceId: PLACES.whatsapp, chatId: null, personId: knownId('dddddd', 22) };
  const expected = { agentId: knownId('bbbbbbb', 1), title: 'Helena fala com Vendas' };
  await addSavedTest(
    db,
    { server: server.id, actor: marina.session.actor },
    { ...question, ...expected },
    now - 9 * DAY,
  );
  const routes = [
    { instanceId: PLACES.telegram, id: knownId('fffffff', 7) },
    { instanceId: PLACES.discord, id: knownId('fffffff', 3) },
  ];
  await tell(4 * DAY, stopsAfterOne(marina), preview(marina, 'routes.bulk', { change: 'off', routes }));
  for (const { id } of [DEMO_KEYS.support, DEMO_KEYS.admin])
    await control.write(
      'UPDATE api_keys SET last_used_at = (SELECT max(timestamp) FROM api_key_audit_logs WHERE api_key_id = ?) WHERE id = ?',
      [id, id],
    );
  // A key counts what its log holds: the demo's was not cleared.
  await control.write(
    'UPDATE api_keys SET usage_count = (SELECT count(*) FROM api_key_audit_logs WHERE api_key_id = api_keys.id) WHERE usage_count > 0',
  );
  await addConversations(control, [paty, patricia, marcos, alike]);
}

function runnerOf(db: Store, credential: Credential, key: DemoKey, yourName: string): Runner {
  const [actor] = actorsOf(credential);
  return {
    operations: OPERATIONS,
    db,
    omni: (entryId, mayStillSend) =>
      readingFresh(omniAs(credential, { actor: yourName, entryId, mayStillSend, clientIp: placeOf(key.id).ip })),
    session: { sid: actor, server: credential.server.id, actor, keyName: key.name, yourName, scopes: key.scopes },
  };
}

/** The same runner, whose runs are told to stop while they make their first change. */
function stopsAfterOne(runner: Runner): Runner {
  const stop = () =>
    runner.db.updateTable('operations').set({ stop_requested: 1 }).where('status', '=', 'running').execute();
  const omni: Runner['omni'] = (session, mayStillSend) =>
    runner.omni(session, () => {
      void stop();
      return mayStillSend?.() ?? true;
    });
  return { ...runner, omni };
}

async function carryOut(runner: Runner, seen: Awaited<ReturnType<typeof preview>>): Promise<string> {
  if (!seen.ok) throw new Error(`A change of the demo’s story has no preview: ${seen.problem.code}`);
  const started = await start(runner, seen.token);
  if (started.is !== 'started') throw new Error(`A change of the demo’s story did not start: ${started.is}`);
  await started.job;
  return started.entryId;
}

/**
 * Dates an entry, its steps, what it changed in Omni and what Omni recorded of it back, to begin at `to`. Nothing but the story happened in
 * Omni since `from` (both milliseconds).
 */
async function dateBack(db: Store, control: Control, entryId: string, { from, to }: { from: number; to: number }) {
  const { created_at } = await db
    .selectFrom('operations')
    .select('created_at')
    .where('id', '=', entryId)
    .executeTakeFirstOrThrow();
  const by = created_at - to;
  await db
    .updateTable('operations')
    .set((eb) => ({ created_at: to, touched_at: eb('touched_at', '-', by), finished_at: eb('finished_at', '-', by) }))
    .where('id', '=', entryId)
    .execute();
  await db
    .updateTable('operation_steps')
    .set((eb) => ({ started_at: eb('started_at', '-', by), finished_at: eb('finished_at', '-', by) }))
    .where('entry_id', '=', entryId)
    .execute();
  const moments = {
    persons: ['created_at', 'updated_at'],
    platform_identities: ['updated_at'],
    agent_routes: ['updated_at'],
    api_key_audit_logs: ['timestamp'],
    config_audit_logs: ['created_at'],
  };
  for (const [table, columns] of Object.entries(moments))
    for (const column of columns)
      await control.write(`UPDATE ${table} SET ${column} = ${column} - ? WHERE ${column} >= ?`, [
        by * 1000,
        from * 1000,
      ]);
}

/** Two pairs who look alike: the first is one person, the second two. */
async function addPeople(control: Control, now: number): Promise<[string, string, string, string]> {
  const person = (number: number, name: string, phone: string, daysAgo: number) => {
    const [id, moment] = [knownId('dddddd', number), (now - daysAgo * DAY) * 1000];
    const moments = { createdAt: moment, updatedAt: moment };
    const handle = { instanceId: PLACES.whatsapp, platformUserId: `${phone.slice(1)}@s.whatsapp.net` };
    return {
      person: { id, displayName: name, primaryPhone: phone, ...moments },
      identity: { personId: id, ...handle, firstSeenAt: moment, ...moments },
    };
  };
  const all = [
    person(41, 'Paty', '+5511974440011', 31),
    person(42, 'Patrícia N.', '+5521974440012', 26),
    person(43, 'Marcos Vinícius Teles', '+5511974440021', 60),
    person(44, 'Marcos Teles', '+5585974440022', 22),
  ];
  await control.rows({
    persons: all.map(({ person: row }) => row),
    platform_identities: all.map(({ identity }) => identity),
  });
  return [41, 42, 43, 44].map((number) => knownId('dddddd', number)) as [string, string, string, string];
}

const SAID = {
  inbound: [
    'Bom dia! Vocês entregam em Campinas?',
    'Meu pedido ainda não chegou, pode ver para mim?',
    'Perfeito, obrigado!',
    'Qual o prazo para troca?',
    'Consigo pagar com Pix?',
    'Segue o comprovante.',
    'O boleto venceu ontem, dá para gerar outro?',
  ],
  outbound: [
    'Bom dia! Entregamos, sim: o prazo é de 3 dias úteis.',
    'Já localizei o seu pedido: ele sai para entrega hoje.',
    'A troca pode ser feita em até 30 dias.',
    'Recebemos o pagamento. Obrigado!',
    'Posso ajudar em algo mais?',
  ],
};

/** Gives the customer of the saved test a few words of her own, every identity the messages it counts, and those of the sandbox words. */
async function addConversations(control: Control, merged: readonly string[]): Promise<void> {
  const [identity] = await control.sql<{ id: string; seen: number }>(
    'SELECT id, last_seen_at AS seen FROM platform_identities WHERE person_id = ? ORDER BY message_count DESC LIMIT 1',
    [knownId('dddddd', 22)],
  );
  if (!identity) throw new Error('The customer of the saved test has no identity.');
  const talk = [
    'Oi, sou eu de novo. O pedido da loja de Pinheiros já saiu?',
    'Olá, Helena! Saiu agora há pouco.',
    'Ótimo, obrigada.',
  ];
  await control.rows({
    omni_events: talk.map((textContent, at) => ({
      personId: knownId('dddddd', 22),
      platformIdentityId: identity.id,
      instanceId: PLACES.whatsapp,
      textContent,
      ...(at % 2 === 0 ? {} : { eventType: 'message.sent', direction: 'outbound', status: 'completed' }),
      receivedAt: identity.seen - (talk.length - 1 - at) * MINUTE * 1000,
    })),
  });
  await agreeWithCounts(control, merged);
  for (const [direction, texts] of Object.entries(SAID))
    await control.write(
      `UPDATE omni_events SET text_content = json_extract(?, '$[' || (rowid * 3 % ${texts.length}) || ']')
        WHERE direction = ? AND (text_content = '' OR text_content LIKE 'mensagem %')`,
      [JSON.stringify(texts), direction],
    );
}

/** At most so many messages has an identity of the story. */
const MOST_MESSAGES = 40;

/** Every identity has the messages it counts, from when it was first seen to when it was last. Of the merged ones Omni forgot whose they were. */
async function agreeWithCounts(control: Control, merged: readonly string[]): Promise<void> {
  const own = `person_id NOT IN (${merged.map(() => '?').join()})`;
  const had = '(SELECT count(*) FROM omni_events WHERE platform_identity_id = i.id)';
  await control.write(
    `UPDATE platform_identities AS i SET message_count = max(${had}, 1 + message_count % ${MOST_MESSAGES})
      WHERE message_count > 0 AND ${own}`,
    [...merged],
  );
  await control.write(
    `WITH RECURSIVE numbers (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${MOST_MESSAGES}),
      counted AS (SELECT *, ${had} AS had, message_count - ${had} AS missing FROM platform_identities AS i WHERE message_count > 0 AND ${own})
      INSERT INTO omni_events (id, external_id, channel, instance_id, person_id, platform_identity_id, event_type, direction,
        content_type, status, text_content, received_at, created_at)
      SELECT substr(id, 1, 24) || printf('%012x', n), 'story-' || id || n, channel, instance_id, person_id, id,
        iif(n % 3 < 2, 'message.received', 'message.sent'), iif(n % 3 < 2, 'inbound', 'outbound'), 'text',
        iif(n % 3 < 2, 'received', 'completed'), '',
        last_seen_at - (last_seen_at - first_seen_at) * (n + (had > 0)) / (missing + 1),
        last_seen_at - (last_seen_at - first_seen_at) * (n + (had > 0)) / (missing + 1)
      FROM counted JOIN numbers ON n < missing`,
    [...merged],
  );
}
