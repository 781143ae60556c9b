/** What draws nothing, or turns the text around it: default-ignorable characters, controls and the marks of bidirectional text. */
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]/gu;

/** Between two emoji or letters of a script that needs it, a joiner changes what is seen. */
const JOINED = /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d(?=\p{Extended_Pictographic})/gu;
const KEPT = '\ue000';

const SINGLE_QUOTES = /[‘’‚‛ʼ´`′＇]/gu;
const DOUBLE_QUOTES = /[“”„‟«»″＂]/gu;

/** Turns what follows it in a line, until it is ended: left-to-right and right-to-left overrides, embeddings and isolates. */
const TURNING = /[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/gu;

/** A text that turns nothing around it, for the inside of a sentence. */
export function unturned(text: string): string {
  return text.replaceAll(TURNING, '');
}

/**
 * What can be seen of a name, or null where nothing can: without characters that draw nothing or turn the writing direction, with plain
 * quotes and single spaces. Emoji that are joined stay joined. For showing, searching, sorting and typing; what is stored stays as it is.
 */
export function visibleName(name: string | null | undefined): string | null {
  const text = (name ?? '')
    .replaceAll(KEPT, '')
    .replaceAll(/[\r\n\t]/g, ' ')
    .replaceAll(JOINED, KEPT)
    .replaceAll(/\ufe0f/gu, (mark, at: number, whole: string) =>
      /\p{Emoji}$/u.test(whole.slice(0, at)) ? '\ue001' : '',
    )
    .replaceAll(UNSEEN, '')
    .replaceAll(KEPT, '\u200d')
    .replaceAll('\ue001', '\ufe0f')
    .replaceAll(SINGLE_QUOTES, "'")
    .replaceAll(DOUBLE_QUOTES, '"')
    .replaceAll(/\s+/gu, ' ')
    .trim();
  return text.replaceAll(/[\s\p{M}]|\u200d/gu, '') ? text : null;
}
