import { randomUUID } from 'node:crypto';
import { createControl, type Control } from '../../wire/control/control-client.ts';
import type { Wire } from '../../world/tables.ts';
import { at, items, send, text, type ContractAnswer, type SentCall, type ContractTarget } from './omni.ts';

/** Thrown where a statement can't be tried here; the report says why. */
export class Skipped extends Error {
  override readonly name = 'Skipped';
}

export type TrialHandle = { channel?: string; instanceId?: string; platformUserId?: string } & Wire;
export type TrialPerson = { id: string; identities: string[] };

/** What a statement works with: calls, makers of scratch rows, and named variants. */
export type Trial = ReturnType<typeof createTrial>;

export function createTrial(target: ContractTarget, seen: (variant: string) => void) {
  const control: Control | undefined = target.sandbox ? createControl(target.url) : undefined;
  const cleanups: (() => Promise<unknown>)[] = [];
  const kept = new Map<string, Promise<string>>();
  const call = (method: string, path: string, body?: unknown, sent?: SentCall): Promise<ContractAnswer> =>
    send(target, method, path, body, sent);

  async function make(path: string, body: Wire, remove: boolean): Promise<string> {
    const made = await call('POST', path, body);
    if (made.status !== 201) throw new Error(`POST ${path} answered ${made.status}: ${made.text}`);
    const id = text(made, 'data.id');
    if (remove) cleanups.push(() => call('DELETE', `${path}/${id}`));
    return id;
  }

  const once = (name: string, maker: () => Promise<string>): Promise<string> => {
    const known = kept.get(name) ?? maker();
    kept.set(name, known);
    return known;
  };

  const unique = (mark: string) => `contract-${mark}-${randomUUID().slice(0, 8)}`;
  const newInstance = () => make('/instances', { name: unique('instance'), channel: 'telegram' }, true);
  const newAgent = (rest: Wire = {}) => make('/agents', { name: unique('agent'), provider: 'openai', ...rest }, true);

  /** In a sandbox the rows are put in; elsewhere scratch people are taken and cut to what is wanted. */
  const person = (fields: Wire = {}, handles: TrialHandle[] = [{}]): Promise<TrialPerson> =>
    control ? insertPerson(control, fields, handles) : takePerson(target, fields, handles.length);

  return {
    target,
    call,
    unique,
    person,
    newInstance,
    newAgent,
    instance: () => once('instance', newInstance),
    otherInstance: () => once('other instance', newInstance),
    agent: () => once('agent', newAgent),
    /** Chats can't be made through the API: whichever the server has, `number` counts from 0. */
    async chat(number = 0): Promise<string> {
      const known = items(await call('GET', '/chats?limit=100&includeArchived=1'))[number];
      if (!known) throw new Skipped(`needs ${number + 1} chats on the server`);
      return String(known.id);
    },
    provider: (rest: Wire = {}) =>
      make('/providers', { name: unique('provider'), baseUrl: 'http://127.0.0.1:9', ...rest }, true),
    async key(body: Wire): Promise<{ id: string; secret: string }> {
      const made = await call('POST', '/keys', { name: unique('key'), scopes: ['*'], ...body });
      if (made.status !== 201) throw new Error(`POST /keys answered ${made.status}: ${made.text}`);
      const id = text(made, 'data.id');
      cleanups.push(() => call('DELETE', `/keys/${id}`));
      return { id, secret: text(made, 'data.plainTextKey') };
    },
    route: (instance: string, body: Wire) => call('POST', `/instances/${instance}/routes`, body),
    skip(why: string): never {
      throw new Skipped(why);
    },
    /** The sandbox behind the API; elsewhere the statement is skipped. */
    inside(): Control {
      if (!control) throw new Skipped("needs the sandbox's own clock or database");
      return control;
    },
    /** The name of the one variant that fits; anything else fails. */
    variant(answer: ContractAnswer, variants: Record<string, (answer: ContractAnswer) => boolean>): string {
      const name = Object.keys(variants).find((known) => variants[known]?.(answer));
      if (name === undefined) {
        const known = Object.keys(variants).join(' | ');
        throw new Error(`none of the known variants (${known}): ${answer.status} ${answer.text}`);
      }
      seen(name);
      return name;
    },
    async cleanUp(): Promise<void> {
      for (const cleanup of cleanups.toReversed()) await cleanup();
    },
  };
}

async function insertPerson(control: Control, fields: Wire, handles: TrialHandle[]): Promise<TrialPerson> {
  const id = randomUUID();
  const identities = handles.map((handle) => ({ id: randomUUID(), personId: id, ...handle }));
  await control.rows({ persons: [{ id, ...fields }], platform_identities: identities });
  return { id, identities: identities.map((identity) => identity.id) };
}

/** Links scratch people until one has identities enough, unlinks what is too many: that makes scratch people again. */
async function takePerson(target: ContractTarget, fields: Wire, count: number): Promise<TrialPerson> {
  const take = (): string => {
    const id = target.people.pop();
    if (id === undefined) throw new Skipped('needs scratch people: OMNI_CONTRACT_PEOPLE names too few');
    return id;
  };
  const identitiesOf = async (id: string): Promise<string[]> => {
    const answer = await send(target, 'GET', `/persons/${id}/presence`);
    return ((at(answer, 'data.identities') ?? []) as { id: string }[]).map((one) => one.id);
  };
  const id = take();
  let identities = await identitiesOf(id);
  while (identities.length < count) {
    const [identityB] = await identitiesOf(take());
    await send(target, 'POST', '/persons/link', { identityA: identities[0], identityB });
    identities = await identitiesOf(id);
  }
  for (const identityId of identities.slice(count)) {
    const answer = await send(target, 'POST', '/persons/unlink', { identityId, reason: 'contract' });
    target.people.unshift(text(answer, 'data.person.id'));
  }
  const blank = { primaryPhone: null, primaryEmail: null, avatarUrl: null, metadata: null };
  await send(target, 'PATCH', `/persons/${id}`, { ...blank, ...fields });
  return { id, identities: identities.slice(0, count) };
}
