/**
 * What one operation of today was called in releases before. Entries are kept as they were written, so these names are read
 * for ever; only today's are written.
 *
 * Paths lead through an entry, `*` stands for every item of a list or record: `input.goes` names the field `goes` of the input.
 * They begin with `input`, `before`, `args` or `result`; `args` and `result` mean any step, `args:attach` and `result:attach` the
 * steps of one kind (its name of today). What customers wrote (metadata, free texts) is never on a path.
 */
export type OldNames = {
  /** The operation's own names before: a release may have had two of them for what is one today. */
  was?: string | readonly string[];
  /** Kinds of steps: before → today. */
  kinds?: Record<string, string>;
  /** Beginnings of step ids: before → today. Where a chain puts `<number>/` in front of them, that stays. */
  steps?: Record<string, string>;
  /** Paths, of today, to values that are step ids: `args.step`. */
  stepIds?: readonly string[];
  /** Fields, by the path to them as it was: before → the field's name today. */
  fields?: Record<string, string>;
  /** Paths to what was read: a value, or `{ unseen: scope }`, is today a `Seen`. */
  seen?: readonly string[];
  /** Values at a path with the names of today: before → today. */
  values?: Record<string, Record<string, string>>;
};

/** Codes of problems (namespace `problems`): before → today. */
export const OLD_PROBLEMS: Readonly<Record<string, string>> = {};

/** By the operation's name today. */
export const OLD_NAMES: Readonly<Record<string, OldNames>> = {
  // keys
  'keys.create': {
    kinds: { make: 'create', unseen: 'revoke-undelivered' },
    steps: { make: 'create', unseen: 'revoke-undelivered' },
    fields: { 'result.told': 'delivered' },
  },
  'keys.edit': { fields: { 'before.looked': 'reading' } },
  'keys.revoke': { fields: { 'before.looked': 'reading' } },
  'keys.delete': { fields: { 'before.looked': 'reading' } },
  'keys.create-for-rotation': {
    was: 'keys.mint',
    fields: { 'result.seen': 'delivered' },
    values: { 'result.allowed': { unseen: 'unknown' }, 'result.refused': { unseen: 'unknown' } },
  },
  'keys.set-expiry': {
    fields: {
      'before.callers': 'integrations',
      'before.callers.looked': 'requestsRead',
      'before.callers.all.*.agent': 'userAgent',
    },
  },
  'keys.cancel-rotation': {
    fields: {
      'input.oldEnd': 'oldExpiresAt',
      'before.refusedBack': 'refusedRestore',
      'before.callers': 'integrations',
      'before.callers.looked': 'requestsRead',
      'before.callers.all.*.agent': 'userAgent',
    },
  },
  // persons
  'persons.edit': { was: ['persons.edit-undo', 'persons.restore'], fields: { 'input.fields': 'restores' } },
  'persons.link': { was: 'persons.move-identity', seen: ['before.routes'] },
  'persons.unlink': { seen: ['before.routes'] },
  'persons.unlink-undo': {
    was: 'persons.put-back',
    seen: ['before.rules', 'before.routes', 'before.agents', 'before.automations'],
    fields: {
      'before.goes': 'duplicate',
      'before.stays': 'survivor',
      'args.goes': 'duplicate',
      'args.stays': 'survivor',
    },
  },
  'persons.merge': {
    seen: ['before.rules', 'before.routes', 'before.agents', 'before.automations'],
    fields: {
      'input.goes': 'duplicate',
      'input.stays': 'survivor',
      'before.goes': 'duplicate',
      'before.stays': 'survivor',
      'args.goes': 'duplicate',
      'args.stays': 'survivor',
    },
    values: { 'input.fields.*': { goes: 'duplicate', stays: 'survivor' } },
  },
  'persons.merge-many': {
    seen: ['rules', 'routes', 'agents', 'automations'].map((part) => `before.shared.${part}`),
    fields: {
      'input.goes': 'duplicates',
      'input.stays': 'survivor',
      'before.goes': 'duplicates',
      'before.shared.stays': 'survivor',
      'args.args.goes': 'duplicate',
      'args.args.stays': 'survivor',
    },
  },
  'persons.merge-undo': {
    was: 'persons.unmerge',
    seen: ['before.rules', 'before.routes', 'before.agents'],
    steps: { 'first:': 'new-person:' },
    fields: {
      'input.stays': 'survivor',
      'input.people.*.rules.*.made': 'created',
      'input.people.*.routes.*.made': 'created',
      'before.stays': 'survivor',
      'args.first': 'personStep',
    },
    stepIds: ['args.step', 'args.toStep', 'args.personStep'],
  },
  // routes
  'routes.bulk': {
    was: 'routes.many',
    fields: {
      'before.handovers': 'successors',
      'before.insiders': 'participantSuccessors',
      'before.own': 'personRoutes',
    },
  },
  'routes.create': { fields: { 'before.insiders': 'participants' } },
  'routes.create-undo': { was: 'routes.withdraw' },
  'routes.delete': {
    fields: {
      'before.handovers': 'successors',
      'before.insiders': 'participantSuccessors',
      'before.own': 'personRoutes',
    },
  },
  'routes.delete-undo': { was: 'routes.recreate' },
  'routes.edit': { fields: { 'before.insiders': 'participants' } },
};
