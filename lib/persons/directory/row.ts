import 'server-only';
import { visibleName } from '#lib/text/visible.ts';
import { phoneText } from '#lib/text/phone-text.ts';
import type { MatchedBy, Searchable } from './search-rank.ts';

/** A line of the directory, as the browser gets it. `phone.text` is null when the stored text is not a telephone number. */
export type PersonRow = {
  id: string;
  name: string | null;
  phone: { stored: string; text: string | null } | null;
  email: string | null;
  createdAt: string;
  matchedBy?: MatchedBy;
};

/** The directory line of a person or a search hit. Empty texts (Omni stores `""`) count as no value. */
export function personRow(person: Searchable & { createdAt: string; matchedBy?: MatchedBy }): PersonRow {
  const { id, displayName, primaryPhone, primaryEmail, createdAt, matchedBy } = person;
  return {
    id,
    name: visibleName(displayName),
    phone: primaryPhone?.trim() ? { stored: primaryPhone, text: phoneText(primaryPhone) } : null,
    email: primaryEmail?.trim() || null,
    createdAt,
    ...(matchedBy ? { matchedBy } : {}),
  };
}
