import type { SqlRow } from '../../world/database.ts';
import { toWire, type Wire } from '../../world/tables.ts';
import { identities, persons } from '../../wire/wire-rows.ts';
import type { World } from '../../world/world.ts';

/** What is stored of a person's activity, not who is online (contract §3, behaviour B13, B14). */
export function presenceOf(world: World, person: SqlRow): Wire {
  const rows = world.store.all(
    'SELECT * FROM platform_identities WHERE person_id = ? ORDER BY rowid',
    String(person.id),
  );
  const wires = rows.map((row) => toWire(identities, row));
  const activeChannels = [...new Set(wires.map((identity) => String(identity.channel)))];
  const byChannel = Object.fromEntries(
    activeChannels.map((channel) => {
      const own = wires.filter((identity) => identity.channel === channel);
      return [
        channel,
        { identities: own, messageCount: countMessages(own), lastSeenAt: latest(own.map((one) => one.lastSeenAt)) },
      ];
    }),
  );
  return {
    person: toWire(persons, person),
    identities: wires,
    summary: {
      totalIdentities: wires.length,
      activeChannels,
      totalMessages: countMessages(wires),
      lastSeenAt: latest(wires.map((identity) => identity.lastSeenAt)),
      firstSeenAt: wires.map((identity) => String(identity.firstSeenAt)).sort()[0] ?? null,
    },
    byChannel,
  };
}

const countMessages = (identities: Wire[]) =>
  identities.reduce((total, identity) => total + Number(identity.messageCount), 0);

function latest(moments: unknown[]): string | null {
  const known = moments.filter((moment) => typeof moment === 'string');
  return known.sort().at(-1) ?? null;
}
