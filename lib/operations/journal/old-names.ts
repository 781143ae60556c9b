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
  /** Values at a path with the names of today: before → today. */
  values?: Record<string, Record<string, string>>;
};

/** Codes of problems (namespace `problems`): before → today. */
export const OLD_PROBLEMS: Readonly<Record<string, string>> = {};

/**
 * What else changed of a sentence, by its key today. `values`: names of its values, before → today (of this sentence only). `words`:
 * what a value says (the options of a `select`), by the value's name today.
 */
export const OLD_TEXT_PARTS: Readonly<Record<string, OldTextParts>> = {
  'effect.permissions-added': { values: { scopes: 'to' } },
  'effect.permissions-removed': { values: { scopes: 'from' } },
};
type OldTextParts = { values?: Record<string, string>; words?: Record<string, Record<string, string>> };

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
  'persons.link': { was: 'persons.move-identity' },
  'persons.unlink-undo': {
    was: 'persons.put-back',
    fields: {
      'before.goes': 'duplicate',
      'before.stays': 'survivor',
      'args.goes': 'duplicate',
      'args.stays': 'survivor',
    },
  },
  'persons.merge': {
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

/** Keys of sentences in namespace `operations`: before → today. */
export const OLD_TEXTS: Readonly<Record<string, string>> = {
  // keys
  'keys.unseen': 'keys.not-read',
  'keys.instances-hold': 'keys.instances-limit',
  'keys.refused-last-unseen': 'keys.refused-last-unlisted',
  'keys.create.step-make': 'keys.create.step-create',
  'keys.create.step-unseen': 'keys.create.step-revoke-undelivered',
  'keys.create.never-ends': 'keys.create.never-expires',
  'keys.create.ends': 'keys.create.expires',
  'keys.create.no-end': 'keys.create.never-expires-warning',
  'keys.create.never-shown': 'keys.create.undelivered',
  'keys.create.perhaps-unseen': 'keys.create.maybe-undelivered',
  'keys.create.checked-rights': 'keys.create.checked-permissions',
  'keys.create.checked-end': 'keys.create.checked-expiry',
  'keys.edit.ends-sooner': 'keys.edit.expires-sooner',
  'keys.delete.calls': 'keys.delete.requests',
  'keys.delete.calls-count': 'keys.delete.requests-count',
  'keys.delete.calls-unsure': 'keys.delete.requests-unsure',
  'rotate.mint-title': 'rotate.create-title',
  'rotate.mint-moves': 'rotate.create-key',
  'rotate.mint-no-end': 'rotate.create-never-expires',
  'rotate.mint-end': 'rotate.create-expires',
  'rotate.mint-old-stays': 'rotate.create-old-unchanged',
  'rotate.mint-own': 'rotate.create-own',
  'rotate.mint-crowded': 'rotate.create-unlisted',
  'rotate.mint-omni-decides': 'rotate.create-omni-decides',
  'rotate.mint-once': 'rotate.create-shown-once',
  'rotate.mint-no-instance': 'rotate.create-no-instances',
  'rotate.mint-limit': 'rotate.create-rate-limit',
  'rotate.mint-powerful': 'rotate.create-manages-keys',
  'rotate.checked-shown': 'rotate.checked-delivered',
  'rotate.proof-allowed-unseen': 'rotate.proof-allowed-unknown',
  'rotate.proof-refused-unseen': 'rotate.proof-refused-unknown',
  'expiry.sixty': 'expiry.cache',
  'expiry.ends-at-once': 'expiry.at-once',
  'expiry.callers': 'expiry.integrations',
  'expiry.callers-unseen': 'expiry.integrations-unknown',
  'cancel-rotation.callers': 'cancel-rotation.integrations',
  'cancel-rotation.callers-unseen': 'cancel-rotation.integrations-unknown',
  'cancel-rotation.old-ended': 'cancel-rotation.old-expired',
  // routes
  'many.title-on': 'bulk.title-on',
  'many.title-off': 'bulk.title-off',
  'many.title-delete': 'bulk.title-delete',
  'many.step': 'bulk.step',
  'many.already-on': 'bulk.already-on',
  'many.already-off': 'bulk.already-off',
  'many.gone': 'bulk.gone',
  'many.all-gone': 'bulk.all-gone',
  'many.nothing': 'bulk.nothing',
  'many.unseen': 'bulk.unseen',
  'many.lost': 'effect.routes-deleted',
  'many.lost-media': 'effect.routes-lose-media',
  'many.lost-older': 'effect.routes-deleted-older',
  'many.lost-agentless': 'effect.routes-deleted-agentless',
  'many.older-no-undo': 'bulk.older-no-undo',
  'many.from-nobody': 'effect.answered-others',
  'many.to-nobody': 'effect.answered-others',
  'many.checked-on': 'bulk.checked-on',
  'many.checked-off': 'bulk.checked-off',
  'many.checked-delete': 'bulk.checked-delete',
  'many.own-routes': 'bulk.person-routes',
  'many.passes': 'effect.answered-others',
  'many.stays': 'bulk.same',
  'many.stays-nobody': 'bulk.same-nobody',
  'recreate.title': 'delete-undo.title',
  'recreate.moves': 'effect.routes-recreated',
  'recreate.new-id': 'delete-undo.new-id',
  'recreate.media': 'delete-undo.media',
  'recreate.taken': 'delete-undo.taken',
  'recreate.no-agent': 'delete-undo.no-agent',
  'recreate.unwritable': 'delete-undo.unwritable',
  'recreate.nothing': 'delete-undo.nothing',
  'recreate.taken-now': 'delete-undo.taken-now',
  'recreate.step': 'delete-undo.step',
  'recreate.step-clear': 'delete-undo.step-clear',
  'recreate.checked': 'delete-undo.checked',
  'route.hands-chat': 'effect.answered-chat',
  'route.hands-insider': 'effect.answered-participant',
  'route.hands-elsewhere': 'effect.answered-elsewhere',
  'route.hands-nobody': 'route.successor-same',
  'route.hands-not-in': 'route.successor-not-in',
  'route.withdraw-title': 'route.create-undo-title',
  'route.withdraw-moves': 'effect.route-taken-away',
  'route.withdraw-changed': 'route.create-undo-changed',
  'route.blocked': 'route.exists',
  'route.blocked-inactive': 'route.exists-inactive',
  'route.warn-insiders-unseen': 'route.warn-participants-unseen',
  'route.warn-target-unseen': 'route.warn-target-not-read',
  'keys.create.scopes': 'effect.permissions-added',
  'keys.edit.gains': 'effect.permissions-added',
  'keys.edit.loses': 'effect.permissions-removed',
  // routes
  'activate.moves-on': 'activate.title-on-done',
  'activate.moves-off': 'activate.title-off-done',
  'bulk.lost': 'effect.routes-deleted',
  'bulk.lost-media': 'effect.routes-lose-media',
  'bulk.lost-older': 'effect.routes-deleted-older',
  'bulk.lost-agentless': 'effect.routes-deleted-agentless',
  'bulk.from-nobody': 'effect.answered-others',
  'bulk.to-nobody': 'effect.answered-others',
  'bulk.replaced': 'effect.answered-others',
  'bulk.left-to-nobody': 'effect.answered-others-nobody',
  'bulk.not-seen-agents': 'effect.not-seen-agents',
  'bulk.not-seen-providers': 'effect.not-seen-providers',
  'bulk.not-seen-instance': 'effect.not-seen-instance',
  'route.successor-chat-nobody': 'effect.answered-chat-nobody',
  'route.successor-participant-nobody': 'effect.answered-participant-nobody',
  'route.successor-elsewhere-nobody': 'effect.answered-elsewhere-nobody',
  'delete-undo.moves': 'effect.routes-recreated',
  'route.successor-chat': 'effect.answered-chat',
  'route.successor-participant': 'effect.answered-participant',
  'route.successor-elsewhere': 'effect.answered-elsewhere',
  'route.create-undo-moves': 'effect.route-taken-away',
  // persons
  'edit.restore-title': 'edit-undo.title',
  'edit.back-already': 'edit-undo.already',
  'many.title': 'merge-many.title',
  'many.title-unknown': 'merge-many.title-unknown',
  'many.title-refused': 'merge-many.title-refused',
  'many.of': 'merge-many.of',
  'many.checked-gone': 'merge-many.checked-gone',
};

/** Beginnings of such keys, up to the first dot, that no key of today has: before → today. */
export const OLD_TEXT_BEGINNINGS: Readonly<Record<string, string>> = {
  // persons
  unmerge: 'merge-undo',
  'put-back': 'unlink-undo',
  move: 'link',
};

/** Names of the values in sentences: before → today. */
export const OLD_TEXT_VALUES: Readonly<Record<string, string>> = {
  // persons
  goes: 'duplicate',
  stays: 'survivor',
};

/** Whose fields had a sentence each, by the beginning of its key. */
export const OLD_CHANGES: Readonly<Record<string, string>> = { edit: 'person', route: 'route', 'keys.edit': 'key' };

/** What stood for a value in those sentences: before → a word of today. */
export const OLD_WORDS: Readonly<Record<string, string>> = {
  inherit: 'inherited',
  on: 'on',
  off: 'off',
  all: 'everybody',
  nobody: 'nobody',
  missing: 'missing',
  unseen: 'unseen',
};
