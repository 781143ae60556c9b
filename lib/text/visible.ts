/** What draws nothing, or turns the text around it: default-ignorable characters, controls and the marks of bidirectional text. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]+/gu;

/** Ends of lines and columns, which separate words. */
const BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]/gu;

const EMOJI_END = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]$/u;
const EMOJI_START = /^\p{Extended_Pictographic}/u;
const FLAG_TAGS = /^[\u{e0020}-\u{e007e}]+\u{e007f}/u;

/** Letters that are drawn otherwise beside a joiner: a name of theirs may be written with one. */
const JOINING = String.raw`[\p{L}\p{M}](?<=\p{scx=Arab}|\p{scx=Syrc}|\p{scx=Mong}|\p{scx=Nkoo}|\p{scx=Deva}|\p{scx=Beng}|\p{scx=Guru}|\p{scx=Gujr}|\p{scx=Orya}|\p{scx=Taml}|\p{scx=Telu}|\p{scx=Knda}|\p{scx=Mlym}|\p{scx=Sinh}|\p{scx=Mymr}|\p{scx=Khmr})`;
const JOINING_END = new RegExp(`${JOINING}$`, 'u');
const JOINING_START = new RegExp(`^${JOINING}`, 'u');

const SINGLE_QUOTES = /[‘’‚‛‹›ʻʼʽ´`′＇]/gu;
const DOUBLE_QUOTES = /[“”„‟«»″＂]/gu;

/** Turns what follows it in a line, until it is ended: left-to-right and right-to-left overrides, embeddings and isolates. */
const TURNING = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** A text that turns nothing around it, for the inside of a sentence. */
export function unturned(text: string): string {
  return text.replaceAll(TURNING, '');
}

/**
 * What can be seen of a name, or null where nothing can: without characters that draw nothing or turn the writing direction, with plain
 * quotes and single spaces. Emoji that are joined stay joined, and so do letters of a script that is written with joiners. For showing,
 * searching, sorting and typing; nothing that is stored is changed.
 */
export function visibleName(name: string | null | undefined): string | null {
  const text = (name ?? '')
    .replaceAll(BREAKS, ' ')
    .replaceAll(UNSEEN, seenOf)
    .replaceAll(SINGLE_QUOTES, "'")
    .replaceAll(DOUBLE_QUOTES, '"')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return text.replaceAll(/[\s\p{M}]|\u200d/gu, '') ? text : null;
}

/** What of a row of characters that draw nothing changes how its neighbours are drawn. */
function seenOf(unseen: string, at: number, whole: string): string {
  const before = whole.slice(Math.max(0, at - 2), at);
  const after = whole.slice(at + unseen.length, at + unseen.length + 2);
  if (before.endsWith('\u{1f3f4}')) return FLAG_TAGS.exec(unseen)?.[0] ?? '';
  if (/[\d#*]$/.test(before)) return after.startsWith('\u20e3') && unseen.includes('\ufe0f') ? '\ufe0f' : '';
  if (EMOJI_END.test(before)) {
    const joins = unseen.includes('\u200d') && EMOJI_START.test(after);
    return `${unseen.includes('\ufe0f') ? '\ufe0f' : ''}${joins ? '\u200d' : ''}`;
  }
  if (!JOINING_END.test(before) || !JOINING_START.test(after)) return '';
  return /[\u200c\u200d]/.exec(unseen)?.[0] ?? '';
}
