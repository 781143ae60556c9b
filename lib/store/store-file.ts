import 'server-only';
import { statSync } from 'node:fs';
import { SqliteAdapter, type Kysely } from 'kysely';
import { StoreError } from './store-error.ts';
import type { Tables } from './tables.ts';

type FileIdentity = { device: number; inode: number };

/** SQLite's file as it was opened. Of a deleted or replaced file SQLite goes on writing to what no name leads to any more. */
export class StoreFile {
  readonly #path: string;
  #opened: FileIdentity | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Records which file stands under the path; called once SQLite has opened it. */
  recordOpened(): void {
    this.#opened = this.#path === ':memory:' ? undefined : identityOf(this.#path);
  }

  /** Throws `StoreError` `gone` where the path no longer leads to the file that was opened, or the file was emptied. */
  require(): void {
    if (!this.#opened) return;
    const now = identityOf(this.#path);
    if (now?.device !== this.#opened.device || now.inode !== this.#opened.inode) throw new StoreError('gone');
  }
}

/** Every handle of a SQLite store, a transaction's too, leads to its file by this adapter. */
export class StoreFileAdapter extends SqliteAdapter {
  readonly storeFile: StoreFile;

  constructor(file: StoreFile) {
    super();
    this.storeFile = file;
  }
}

/** The file of a SQLite store; undefined for PostgreSQL. By a property, not by class: Next may load this module twice. */
export function storeFileOf(db: Kysely<Tables>): StoreFile | undefined {
  const { adapter } = db.getExecutor();
  return 'storeFile' in adapter ? (adapter.storeFile as StoreFile) : undefined;
}

function identityOf(path: string): FileIdentity | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat && stat.size > 0 ? { device: stat.dev, inode: stat.ino } : undefined;
}
