import type { KeyRefusal } from '#lib/omni/permits/key-rules.ts';
import type { Text } from '#lib/operations/plan/define.ts';

const SENTENCES: Record<KeyRefusal, string> = {
  own_key: 'keys.refused-own',
  primary_key: 'keys.refused-primary',
  last_key_writer: 'keys.refused-last',
  last_key_writer_unseen: 'keys.refused-last-unlisted',
};

/** The sentence for a refusal of the door. */
export function refusalText(refused: KeyRefusal, name: string): Text {
  return { key: SENTENCES[refused], values: { name } };
}
