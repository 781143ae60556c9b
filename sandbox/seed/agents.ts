import { insertRow } from '../world/tables.ts';
import { agents, instances, providers } from '../wire/wire-rows.ts';
import { knownId, PLACES, type Seeding } from './seeding.ts';

const AGNO = knownId('aaaaaaa', 1);
const WEBHOOK = knownId('aaaaaaa', 2);
const CHANNELS = ['whatsapp-baileys', 'whatsapp-baileys', 'discord', 'telegram', 'slack'] as const;

/** Two providers, three known agents and three instances as in the recorded cases; more of them in a large world. */
export function seedAgents(seeding: Seeding): void {
  seedProviders(seeding);
  seedKnownAgents(seeding);
  seedInstances(seeding);
}

function seedProviders({ store, ago }: Seeding): void {
  const common = {
    defaultStream: true,
    defaultTimeout: 60,
    supportsStreaming: true,
    supportsImages: false,
    supportsAudio: false,
    supportsDocuments: false,
    isActive: true,
    createdAt: ago(300),
    updatedAt: ago(300),
  };
  insertRow(store, providers, {
    ...common,
    id: AGNO,
    name: 'agno-local',
    schema: 'agno',
    baseUrl: 'http://127.0.0.1:7777',
    apiKey: 'agno-demo-secret',
    schemaConfig: { agentId: 'vendas' },
    description: 'Agno OS (local, not running)',
    tags: ['prod', 'br'],
  });
  insertRow(store, providers, {
    ...common,
    id: WEBHOOK,
    name: 'webhook-local',
    schema: 'webhook',
    baseUrl: 'http://127.0.0.1:7778/hook',
    schemaConfig: { mode: 'round-trip' },
    description: 'Webhook (local, not running)',
  });
}

function seedKnownAgents({ store, ago, random, sizes, agentIds }: Seeding): void {
  const add = (id: string, name: string, days: number, rest: Record<string, unknown>) => {
    agentIds.push(id);
    const common = { capabilities: [], isInternal: false, isActive: true, agentType: 'assistant', provider: 'agno' };
    insertRow(store, agents, { ...common, id, name, createdAt: ago(days), updatedAt: ago(days), ...rest });
  };
  add(knownId('bbbbbbb', 1), 'Vendas', 267, {
    model: 'gpt-4o',
    capabilities: ['chat', 'catalog'],
    agentProviderId: AGNO,
    metadata: { agentId: 'vendas' },
  });
  add(knownId('bbbbbbb', 2), 'Suporte', 266, {
    provider: 'claude',
    model: 'claude-sonnet',
    agentType: 'team',
    agentProviderId: WEBHOOK,
    configPath: '/agents/suporte.json',
  });
  add(knownId('bbbbbbb', 3), 'Antigo (inativo)', 265, {
    provider: 'custom',
    agentType: 'tool',
    isInternal: true,
    isActive: false,
  });
  add(knownId('bbbbbbb', 4), 'Cobrança', 120, { model: 'gpt-4o-mini', agentProviderId: AGNO, configPath: 'cobranca' });
  add(knownId('bbbbbbb', 5), 'Concierge VIP', 60, {
    provider: 'claude',
    model: 'claude-opus',
    agentProviderId: WEBHOOK,
    metadata: { providerAgentId: 'concierge' },
  });
  for (let number = agentIds.length + 1; number <= sizes.agents; number += 1) {
    const rest = { provider: random.pick(['agno', 'claude', 'openai', 'gemini']), isActive: !random.chance(0.1) };
    add(knownId('bbbbbb', number), `Agente ${number}`, 200 - number, rest);
  }
}

function seedInstances({ store, ago, places, sizes, random, agentIds }: Seeding): void {
  const add = (id: string, name: string, channel: string, days: number, rest: Record<string, unknown>) => {
    places.push({ id, channel });
    const dates = { createdAt: ago(days, 43_200_000_000), updatedAt: ago(1) };
    insertRow(store, instances, { id, name, channel, isActive: true, ...dates, ...rest });
  };
  add(PLACES.whatsapp, 'wa-vendas', 'whatsapp-baileys', 322, {
    agentProviderId: AGNO,
    agentId: knownId('bbbbbbb', 1),
    isDefault: true,
    messageDebounceMode: 'disabled',
    profileName: 'Namastex Vendas',
    ownerIdentifier: '5511900000000@s.whatsapp.net',
  });
  add(PLACES.discord, 'dc-comunidade', 'discord', 321, {
    agentId: knownId('bbbbbbb', 2),
    isActive: true,
    agentReplyFilter: {
      mode: 'filtered',
      conditions: { onDm: true, onMention: true, onReply: false, onNameMatch: false },
    },
  });
  add(PLACES.telegram, 'tg-suporte', 'telegram', 320, { isActive: false, accessMode: 'allowlist' });
  for (let number = places.length + 1; number <= sizes.instances; number += 1) {
    const channel = random.pick(CHANNELS);
    const rest = { agentId: random.pick(agentIds), accessMode: random.pick(['blocklist', 'blocklist', 'disabled']) };
    add(knownId('4444', number), `filial-${String(number).padStart(2, '0')}`, channel, 320 - number, rest);
  }
}
