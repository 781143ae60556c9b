import type { BulkChange } from '#lib/routes/verdict/successor.ts';

/** What is done to the selected routes: `replace` gives another agent to those that name this one. */
export type BulkKind =
  | { is: BulkChange | 'agent' | 'clear' | 'override' }
  | { is: 'replace'; from: { id: string; name: string } };
