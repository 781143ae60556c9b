import type { Blocked } from '#lib/access/rules/blocked.ts';

/** One thing to pick. `alias`: the name it was found by, where that is not its own; `blocked`: where access rules keep a person out. */
export type PickerOption = {
  id: string;
  name: string;
  detail?: string;
  warn?: string;
  archived?: boolean | undefined;
  alias?: string;
  blocked?: Blocked;
};

/** What a search knows so far. `pending`: more answers are on their way; `more`: there are more than are shown; `problem`: a code; `blocksUnread`: whom access rules keep out could not be read. */
export type PickerRows = {
  rows: PickerOption[];
  pending?: boolean;
  more?: boolean;
  problem?: string;
  blocksUnread?: boolean;
};

/** Answers what fits a text, the newest or first ones for an empty text; the signal ends a search that another one replaces. */
export type PickerSearch = (
  text: string,
  signal: AbortSignal,
) => AsyncIterable<PickerRows> | Promise<PickerRows> | PickerRows;
