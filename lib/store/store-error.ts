/**
 * Why the console's own database cannot be used.
 *
 * - `unwritable`: the file or its folder cannot be opened or written, or the PostgreSQL account may not write.
 * - `full`: no room left.
 * - `corrupt`: what is there is no database of ours, or is damaged.
 * - `newer_version`: a newer console has been here; this one does not know its tables.
 * - `unreachable`: PostgreSQL does not answer, refuses the account or lacks the database.
 * - `gone`: SQLite's file was deleted, replaced or emptied while the console ran; see `store-file.ts`.
 * - `busy`: somebody else held it too long; trying again may help.
 */
export type StoreErrorKind = 'unwritable' | 'full' | 'corrupt' | 'newer_version' | 'unreachable' | 'gone' | 'busy';

const SENTENCES: Record<StoreErrorKind, string> = {
  unwritable:
    "The console's database cannot be written: check that the file's folder (or the account) may be written to.",
  full: "There is no room left for the console's database.",
  corrupt:
    "The console's database is damaged or is something else: restore a backup, or move the file away to start anew.",
  newer_version:
    "The console's database was made by a newer version of the console: start that version, or restore a backup.",
  unreachable: "The console's database does not answer: check DATABASE_URL and that PostgreSQL runs.",
  gone: "The console's record is gone: its file was deleted or replaced. Restore it, then start the console anew.",
  busy: "The console's database is held by somebody else.",
};

/** The store failed in a way an operator can do something about. `message` is a sentence for a terminal, without secrets. */
export class StoreError extends Error {
  override name = 'StoreError';
  readonly kind: StoreErrorKind;

  constructor(kind: StoreErrorKind, cause?: unknown) {
    super(SENTENCES[kind], { cause });
    this.kind = kind;
  }

  /** Names the sentence for a page: `store_full`, `store_corrupt`, … */
  get sentenceKey(): `store_${StoreErrorKind}` {
    return `store_${this.kind}`;
  }
}

/** SQLite's primary result codes (https://sqlite.org/rescode.html). */
const SQLITE: Record<number, StoreErrorKind> = {
  3: 'unwritable',
  5: 'busy',
  6: 'busy',
  8: 'unwritable',
  10: 'unwritable',
  11: 'corrupt',
  13: 'full',
  14: 'unwritable',
  26: 'corrupt',
};

const CODES: Record<string, StoreErrorKind> = {
  EACCES: 'unwritable',
  EPERM: 'unwritable',
  EROFS: 'unwritable',
  ENOTDIR: 'unwritable',
  EEXIST: 'unwritable',
  EISDIR: 'unwritable',
  ENOSPC: 'full',
  EDQUOT: 'full',
  ECONNREFUSED: 'unreachable',
  ECONNRESET: 'unreachable',
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ETIMEDOUT: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ENOENT: 'unreachable',
  EPIPE: 'unreachable',
  // PostgreSQL, https://www.postgresql.org/docs/current/errcodes-appendix.html
  '25006': 'unwritable',
  '42501': 'unwritable',
  '53100': 'full',
  '53300': 'unreachable',
  '3D000': 'unreachable',
  '55P03': 'busy',
  '57014': 'busy',
  '57P01': 'unreachable',
  '57P02': 'unreachable',
  '57P03': 'unreachable',
  '57P05': 'unreachable',
  XX001: 'corrupt',
  XX002: 'corrupt',
};

/** Classes of PostgreSQL's codes: connections, accounts. */
const CLASSES: Record<string, StoreErrorKind> = { '08': 'unreachable', '28': 'unreachable' };

/** `pg` gives these no code. */
const TEXTS =
  /connection terminated|timeout exceeded when trying to connect|query read timeout|not queryable|client was closed|server does not support SSL|connection timeout/i;

/** The store's failure behind an error, or nothing when the error is another's (a bug, a broken constraint). */
export function storeErrorOf(error: unknown): StoreError | undefined {
  if (error instanceof StoreError) return error;
  if (!(error instanceof Error)) return undefined;
  const kind = kindOf(error);
  return kind && new StoreError(kind, error);
}

/** What a read of the store answers, its failure as a value. Bugs still throw. */
export async function storeAnswer<T>(
  read: Promise<T>,
): Promise<{ ok: true; value: T } | { ok: false; error: StoreError }> {
  try {
    return { ok: true, value: await read };
  } catch (error) {
    const known = storeErrorOf(error);
    if (!known) throw error;
    return { ok: false, error: known };
  }
}

function kindOf(error: Error): StoreErrorKind | undefined {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (code === 'ERR_SQLITE_ERROR' && 'errcode' in error) return SQLITE[Number(error.errcode) & 0xff];
  return (
    CODES[code] ??
    CLASSES[code.length === 5 ? code.slice(0, 2) : ''] ??
    (TEXTS.test(error.message) ? 'unreachable' : undefined)
  );
}
