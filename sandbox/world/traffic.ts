import { setInterval as every } from 'node:timers/promises';
import { createControl } from '../wire/control/control-client.ts';
import { DEMO_SECRETS } from '../resources/keys/keys-demo.ts';

const PACE = 700;

type Talk = { instance_id: string; chat_id: string | null; person_id: string | null };

/** Somebody writes, now and then: the route cache has hits, and the leaked key goes on being used. Ends with `signal`. */
export async function makeTraffic(url: string, signal: AbortSignal): Promise<void> {
  const control = createControl(url);
  const talks = await control.sql<Talk>(
    `SELECT instance_id, id AS chat_id, NULL AS person_id FROM chats
      UNION ALL SELECT instance_id, NULL, person_id FROM platform_identities WHERE person_id IS NOT NULL LIMIT 60`,
  );
  let turn = 0;
  try {
    for await (const _tick of every(PACE, undefined, { signal })) {
      turn += 1;
      const talk = talks[Math.floor(Math.random() ** 2 * talks.length)];
      if (talk) await control.whoAnswers(askedOf(talk), true);
      if (turn % 20 === 0) await useLeakedKey(url, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function askedOf(talk: Talk) {
  return {
    instanceId: talk.instance_id,
    ...(talk.chat_id === null ? {} : { chatId: talk.chat_id }),
    ...(talk.person_id === null ? {} : { personId: talk.person_id }),
  };
}

async function useLeakedKey(url: string, signal: AbortSignal): Promise<void> {
  const headers = {
    'x-api-key': DEMO_SECRETS.leaked,
    'user-agent': 'python-requests/2.32',
    'x-forwarded-for': '198.51.100.23',
  };
  const answer = await fetch(`${url}/api/v2/persons?limit=100`, { headers, signal });
  await answer.text();
}
