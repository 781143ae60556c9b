/**
 * The tables of the store. Columns are text and whole numbers; times are milliseconds since 1970. A new table comes with
 * its migration in `migrations/` and its interface here.
 */
export type Tables = {
  store_migrations: { name: string; applied_at: number };
  /** `oldest_reader`: the migration a console must know at least, since `migration` took something away. */
  oldest_readers: { migration: string; oldest_reader: string };
  sessions: SessionsTable;
  operations: OperationsTable;
  operation_steps: OperationStepsTable;
  operation_subjects: { entry_id: string; server: string; subject: string };
  /** Keyed hashes of the phones and e-mails an entry is found by. */
  operation_finds: { entry_id: string; hash: string };
  person_decisions: PersonDecisionsTable;
  /** A text that is shown once, by what it belongs to (`key:<id>`, called `label`). `shown_at`: its page said that it shows it. */
  secrets_sent: {
    entry_id: string;
    server: string;
    subject: string;
    label: string;
    sent_at: number;
    shown_at: number | null;
  };
  operation_locks: { server: string; subject: string; entry_id: string };
  route_probes: SavedTestsTable;
  rotations: RotationsTable;
  audit_exports: AuditExportsTable;
  /** `body`: sealed JSON at `audit_export_parts/body-<number>/<export id>`. */
  audit_export_parts: { export_id: string; number: number; body: string };
  attempts: AttemptsTable;
  /** `hash` is a keyed hash of the code and its id, which the asking browser holds. */
  recovery_codes: {
    id: string;
    hash: string;
    server: string;
    tries: number;
    at: number;
    used_at: number | null;
    asker: string | null;
  };
  /** Writes to a server by the snapshot they made stale; `snapshot` is empty for those that may make any stale. */
  omni_writes: { server: string; snapshot: string; number: number };
  /** `actor` replaced `former`. */
  actor_successions: { actor: string; former: string };
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
  /** What its browser calls itself, in two words ("Chrome · Windows"). */
  browser: string | null;
  /** JSON: the actors this one replaced. */
  formers: string | null;
};

/** An attempt with a key. `source` is a keyed hash of the address it came from, or a session's id. */
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
  /** Until when a write of it may still happen, while it is `unconfirmed`: its subjects stay locked whoever watches. */
  open_until: number | null;
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

/** A saved test: a chat or person, and the agent that is expected to answer. No `agent_id`: nobody is expected to. */
type SavedTestsTable = {
  id: string;
  server: string;
  instance_id: string;
  chat_id: string | null;
  person_id: string | null;
  agent_id: string | null;
  /** Sealed at `route_probes/title/<id>`. */
  title: string | null;
  actor: string;
  created_at: number;
  /** What it said after the entry `result_of`: JSON, nothing of a person. None while it runs, since `result_at`. */
  result: string | null;
  result_of: string | null;
  result_at: number | null;
};

type PersonDecisionsTable = {
  server: string;
  /** The ids of the pair, the smaller first. */
  one: string;
  other: string;
  /** Keyed hash of the evidence that the two are one person. */
  evidence: string;
  /** The same of their fields alone, without handles; null where it was decided before it was kept. */
  fields: string | null;
  /** Sealed at `person_decisions/who/<server>/<one>/<other>`. */
  who: string;
  decided_at: number;
};

export type RotationsTable = {
  id: string;
  server: string;
  actor: string;
  /** Sealed at `rotations/who/<id>`. */
  who: string;
  key_name: string;
  old_key_id: string;
  old_prefix: string;
  /** When the old key would have expired, before the rotation changed that. */
  old_expires_at: number | null;
  new_key_id: string | null;
  new_prefix: string | null;
  overlap: string;
  silent_minutes: number;
  created_at: number;
  acknowledged_at: number | null;
  closed_as: string | null;
  closed_at: number | null;
};

export type AuditExportsTable = {
  id: string;
  server: string;
  actor: string;
  key_id: string;
  status: string;
  fence: number;
  lease_until: number;
  stop_requested: number;
  position: string | null;
  parts: number;
  looked: number;
  kept: number;
  total: number | null;
  unsure: number;
  /** JSON: bytes and SHA-256 of each format, once done. */
  files: string | null;
  /** JSON: why it failed. */
  problem: string | null;
  waits_until: number | null;
  until: number;
  created_at: number;
  finished_at: number | null;
  /** When a file of it was downloaded to its end. */
  taken_at: number | null;
  /** Since when its key is deleted, and Omni's own record with it. */
  only_copy_since: number | null;
  /** Sealed JSON at `audit_exports/body/<id>`. */
  body: string;
};
