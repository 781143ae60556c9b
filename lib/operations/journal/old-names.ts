/**
 * What one operation of today was called in releases before. Entries are kept as they were written, so these names are read
 * for ever; only today's are written. Paths lead through an entry, `*` stands for every item of a list or record: `input.goes`
 * names the field `goes` of the input, and what customers wrote (metadata, say) is never on a path.
 */
export type OldNames = {
  /** The operation's own name before. */
  was?: string;
  /** Kinds of steps: before → today. */
  kinds?: Record<string, string>;
  /** Beginnings of step ids: before → today. */
  steps?: Record<string, string>;
  /** Fields, by the path to them as it was: `input.…`, `before.…`, `args.…` (of any step), `result.…` (of any step). */
  fields?: Record<string, string>;
  /** Values at a path with the names of today: before → today. */
  values?: Record<string, Record<string, string>>;
};

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
};

/** Names of the values in sentences: before → today. */
export const OLD_TEXT_VALUES: Readonly<Record<string, string>> = {};
