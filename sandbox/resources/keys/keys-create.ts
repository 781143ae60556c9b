import { randomBytes, randomUUID } from 'node:crypto';
import { ApiError, forbidden } from '../../wire/http-errors.ts';
import { check, readJson } from '../../wire/input.ts';
import { hashOf, type CachedKey } from './key-cache.ts';
import { requireWithinOwn, type Granted } from './keys-ceilings.ts';
import { PROFILES, type ScopeLock, type ProfileName } from '../../wire/scopes.ts';
import { findRow, insertRow, toWire } from '../../world/tables.ts';
import { keys } from '../../wire/wire-rows.ts';
import type { World } from '../../world/world.ts';
import type { Api } from '../../wire/call.ts';
import * as z from '../../wire/zod-shapes.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

const overrides = z.object(
  {
    add: z.optional(z.array(z.string())),
    remove: z.optional(z.array(z.string())),
    denylistPresetKey: z.optional(z.nullable(z.string())),
    denylistExtras: z.optional(z.array(z.string())),
  },
  { strict: true },
);

/** What exists is not asked: unknown scopes, unknown instances, past dates and a second `__primary__` all pass (behaviour H12–H18). */
const createBody = z.object({
  name: z.string({ min: 1, max: 255 }),
  description: z.optional(z.string()),
  scopes: z.optional(z.array(z.string(), { min: 1 })),
  instanceIds: z.optional(z.array(z.uuid())),
  rateLimit: z.optional(z.number({ int: true, above: 0 })),
  expiresAt: z.optional(z.string({ format: 'datetime' })),
  profile: z.optional(z.oneOf(Object.keys(PROFILES) as ProfileName[])),
  overrides: z.optional(overrides),
  chatAllowlist: z.optional(z.array(z.string())),
  instanceAllowlist: z.optional(z.array(z.uuid())),
  outboundRecipientAllowlist: z.optional(z.array(z.string())),
  owner: z.optional(z.string()),
});

type Body = z.Infer<typeof createBody>;
type NewKey = Omit<Body, keyof Granted> & Granted;

export function createSecret(): string {
  const letters = Array.from(randomBytes(32), (byte) => LETTERS[byte % LETTERS.length]);
  return `omni_sk_${letters.join('')}`;
}

/** The plain text is in this answer and never again (contract §5, behaviour H9). */
export function registerKeyCreation(api: Api, world: World): void {
  api.post('/keys', async (call) => {
    const raw = await readJson(call);
    const { profile } = Object(raw) as { profile?: unknown };
    if (profile === 'admin') throw forbidden('admin keys cannot be created via HTTP — use the omni CLI on a TTY');
    const body = check(createBody, raw);
    const granted = grantedBy(body);
    if (world.generation !== 'feb') requireWithinOwn(call.get('key'), granted);
    const secret = createSecret();
    const id = insertKey(world, secret, { ...body, ...granted }, call.get('key'));
    return call.json({ data: { ...toWire(keys, findRow(world.store, keys, id) ?? {}), plainTextKey: secret } }, 201);
  });
}

function insertKey(world: World, secret: string, body: NewKey, caller: CachedKey): string {
  const id = randomUUID();
  const moment = world.clock.micros();
  insertRow(world.store, keys, {
    ...body,
    id,
    profileOverrides: body.overrides ?? {},
    keyPrefix: secret.slice(8, 16),
    keyHash: hashOf(secret),
    createdAt: moment,
    createdBy: caller.name,
    updatedAt: moment,
  });
  return id;
}

/** Without a profile the allowlists are ignored; with one the scopes are, and its locks must be given (contract §5.1, §5.2). */
function grantedBy(body: Body): Granted {
  const instanceIds = body.instanceIds ?? null;
  if (body.profile === undefined) {
    if (body.scopes === undefined) {
      throw new ApiError(400, 'VALIDATION_ERROR', 'scopes is required when no profile is supplied');
    }
    const none = { instanceAllowlist: [], chatAllowlist: [], outboundRecipientAllowlist: [] };
    return { scopes: body.scopes, instanceIds, ...none };
  }
  const profile = PROFILES[body.profile];
  for (const lock of profile.locks as readonly ScopeLock[]) {
    if (!body[lock]?.length) throw profileRefusal('MISSING_LOCK', lock, `Profile requires ${lock}`);
  }
  const owner = body.profile === 'scout' && body.owner !== undefined ? [body.owner] : [];
  return {
    scopes: profile.scopes,
    instanceIds,
    instanceAllowlist: body.instanceAllowlist ?? [],
    chatAllowlist: body.chatAllowlist ?? [],
    outboundRecipientAllowlist: [...(body.outboundRecipientAllowlist ?? []), ...owner],
  };
}

function profileRefusal(code: string, lock: ScopeLock, message: string): ApiError {
  return new ApiError(400, code, message, { details: { lock } });
}
