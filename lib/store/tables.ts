/**
 * The tables of the store. Columns are text and whole numbers; times are milliseconds since 1970. A new table comes with
 * its migration in `migrations/` and its interface here.
 */
export type Tables = {
  store_migrations: { name: string; applied_at: number };
  sessions: SessionsTable;
  operations: OperationsTable;
  operation_steps: OperationStepsTable;
  operation_subjects: { entry_id: string; server: string; subject: string };
  /** Keyed hashes of the phones and e-mails an entry is found by. */
  operation_finds: { entry_id: string; hash: string };
  operation_locks: { server: string; subject: string; entry_id: string };
  attempts: AttemptsTable;
  /** `hash` is a keyed hash of the code and its id, which the asking browser holds. */
  recovery_codes: { id: string; hash: string; server: string; tries: number; at: number; used_at: number | null };
};

export type SessionsTable = {
  id: string;
  server: string;
  actor: string;
  actor_key_id: string | null;
  key_name: string;
  /** Sealed at `sessions/your_name/<id>`. */
  your_name: string | null;
  /** JSON: a list, or null while unknown. */
  scopes: string | null;
  /** JSON: "all", "unknown" or a list of ids. */
  instances: string;
  /** JSON. */
  capabilities: string;
  created_at: number;
  last_seen_at: number;
  last_proof_at: number;
  ended_at: number | null;
  end_reason: string | null;
  /** What its browser says it is, in two words ("Chrome · Windows"). */
  browser: string | null;
};

/** A try of a key. `source` is a keyed hash of the address it came from, or a session's id. */
type AttemptsTable = {
  id: string;
  kind: string;
  source: string;
  server: string;
  outcome: string;
  at: number;
};

type OperationsTable = {
  id: string;
  preview_id: string;
  operation: string;
  server: string;
  actor: string;
  status: string;
  fence: number;
  lease_until: number;
  stop_requested: number;
  undo_of: string | null;
  undone_by: string | null;
  created_at: number;
  touched_at: number;
  finished_at: number | null;
  /** Sealed JSON at `operations/body/<id>`. */
  body: string;
};

type OperationStepsTable = {
  entry_id: string;
  position: number;
  step_id: string;
  state: string;
  actor: string | null;
  /** Sealed JSON at `operations/outcome-<position>/<entry id>`. */
  outcome: string | null;
  started_at: number | null;
  finished_at: number | null;
};
