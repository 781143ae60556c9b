import { insertRow } from '../world/tables.ts';
import { automations, routes, rules } from '../wire/wire-rows.ts';
import { addPerson } from './people/known-people.ts';
import { knownId, PLACES, type Seeding } from './seeding.ts';

const HOUR = 3_600_000_000;

/**
 * What a support desk meets in its first hour: a blocked customer who came back as a double, a VIP with an agent of her
 * own, a group with a route, an inactive agent that still holds routes. The keys of the story are in `keys-demo.ts`.
 */
export function seedStory(seeding: Seeding): void {
  seedBlocked(seeding);
  seedVip(seeding);
  seedKnownRoutes(seeding);
  seedAutomations(seeding);
  seeding.store.run('UPDATE agents SET owner_id = ? WHERE id = ?', knownId('dddddd', 1), knownId('bbbbbbb', 1));
}

function seedBlocked(seeding: Seeding): void {
  const user = '5511976543210@s.whatsapp.net';
  const blocked = addPerson(
    seeding,
    {
      number: 20,
      name: 'Carlos Eduardo Pires',
      phone: '+5511976543210',
      email: 'cadu.pires@example.com',
      metadata: { tags: ['bloqueado'], motivo: 'Ofensas à equipe' },
      days: 3,
      handles: [{ number: 30, place: 'whatsapp', user, username: 'Cadu Pires', messages: 87 }],
    },
    seeding.ago(3, 9 * HOUR),
  );
  addPerson(
    seeding,
    {
      number: 21,
      name: 'Cadu Pires',
      phone: '+551176543210',
      email: 'cadu.pires@example.com',
      days: 1,
      handles: [{ number: 31, place: 'telegram', user: '6550011223', username: 'cadu_p', messages: 4 }],
    },
    seeding.ago(1, 15 * HOUR),
  );
  const deny = { ruleType: 'deny', priority: 10, enabled: true, action: 'block', createdAt: seeding.ago(2) };
  const common = { ...deny, instanceId: PLACES.whatsapp, updatedAt: seeding.ago(2) };
  const add = (number: number, rest: object) =>
    insertRow(seeding.store, rules, { ...common, id: knownId('9999', number), ...rest });
  add(1, { personId: blocked, platformUserId: user, phonePattern: '+5511976543210', reason: 'Ofensas à equipe' });
  // Without a handle or a pattern it never matches anybody (contract §6).
  add(2, { personId: knownId('dddddd', 5), reason: 'Só a pessoa: sem efeito' });
  add(3, { instanceId: null, phonePattern: '+5500*', reason: 'Números inválidos', priority: 0 });
  const user2 = '700100200';
  add(4, { instanceId: PLACES.telegram, platformUserId: user2, ruleType: 'allow', action: 'allow', reason: 'Cliente' });
}

function seedVip(seeding: Seeding): void {
  const vip = addPerson(
    seeding,
    {
      number: 22,
      name: 'Helena Prado',
      phone: '+5511998887766',
      email: 'helena.prado@example.com',
      metadata: { tags: ['vip'], gerente: 'Otávio' },
      days: 2,
      handles: [
        { number: 32, place: 'whatsapp', user: '5511998887766@s.whatsapp.net', username: 'Helena P.', messages: 322 },
        { number: 33, place: 'telegram', user: '6990001112', username: 'helenaprado', messages: 12 },
      ],
    },
    seeding.ago(2, 11 * HOUR),
  );
  addRoute(seeding, 5, {
    instanceId: PLACES.whatsapp,
    scope: 'user',
    personId: vip,
    agentId: knownId('bbbbbbb', 5),
    label: 'VIP',
    priority: 100,
    agentTimeout: 120,
    agentSessionStrategy: 'per_user',
    messageDebounceMode: 'disabled',
  });
}

function addRoute({ store, ago }: Seeding, number: number, route: object): void {
  const common = { priority: 0, isActive: true, createdAt: ago(30, number * 1000), updatedAt: ago(30, number * 1000) };
  insertRow(store, routes, { ...common, id: knownId('fffffff', number), ...route });
}

/** The four routes of the recorded cases, the group's, and an active one that names the inactive agent. */
function seedKnownRoutes(seeding: Seeding): void {
  const [sales, support, old] = [1, 2, 3].map((number) => knownId('bbbbbbb', number));
  addRoute(seeding, 1, {
    instanceId: PLACES.whatsapp,
    scope: 'chat',
    chatId: knownId('cccccc', 1),
    agentId: sales,
    label: 'João → Vendas',
    priority: 10,
    agentTimeout: 45,
    agentReplyFilter: {
      mode: 'filtered',
      conditions: { onDm: true, onMention: true, onReply: true, onNameMatch: false },
    },
    messageDebounceMode: 'fixed',
    messageDebounceMinMs: 500,
    reactionAck: 'on',
    reactionAckEmoji: { done: '✅', received: '👀' },
  });
  const user = { instanceId: PLACES.whatsapp, scope: 'user', personId: knownId('dddddd', 16) };
  addRoute(seeding, 2, { ...user, agentId: support });
  const channel = { instanceId: PLACES.discord, scope: 'chat', chatId: knownId('cccccc', 7) };
  addRoute(seeding, 3, { ...channel, agentId: support });
  const off = { instanceId: PLACES.telegram, scope: 'chat', chatId: knownId('cccccc', 10), isActive: false };
  addRoute(seeding, 4, { ...off, agentId: old, label: 'desligada', priority: -1 });
  const group = { instanceId: PLACES.whatsapp, scope: 'chat', chatId: knownId('cccccc', 5), label: 'Grupo de vendas' };
  addRoute(seeding, 6, { ...group, agentId: sales, agentGateEnabled: true, agentGateModel: 'gpt-4o-mini' });
  const stale = { instanceId: PLACES.telegram, scope: 'chat', chatId: knownId('cccccc', 11), label: 'Pós-venda' };
  addRoute(seeding, 7, { ...stale, agentId: old });
}

function seedAutomations({ store, ago }: Seeding): void {
  const add = (number: number, name: string, triggerConditions: object[], actions: object[]) =>
    insertRow(store, automations, {
      id: knownId('8888', number),
      name,
      triggerEventType: 'message.received',
      triggerConditions,
      conditionLogic: 'and',
      actions,
      enabled: true,
      priority: number,
      createdAt: ago(40, number),
      updatedAt: ago(40, number),
    });
  const greet = { type: 'send_message', config: { text: 'Olá! Já te atendo.' } };
  add(1, 'Boas-vindas', [{ field: 'payload.isFirstMessage', operator: 'eq', value: true }], [greet]);
  const personId = { field: 'payload.personId', operator: 'eq', value: knownId('dddddd', 2) };
  add(
    2,
    'Avisar quando o João escrever',
    [personId],
    [{ type: 'webhook', config: { url: 'https://hooks.example.com/joao' } }],
  );
  add(3, 'Fora do horário', [], [{ type: 'send_message', config: { text: 'Voltamos às 9h.' } }]);
}
