import { bareCode, isTest, type Source } from './source.ts';

/** Words that went from the screen, with what stands for them now. The glossary of docs/words.md tells why. */
export const GONE_ON_SCREEN: Record<'en' | 'pt-BR', readonly RegExp[]> = {
  en: [
    /\bjoin(?:s|ed|ing)?\b/i,
    /\bsurvivor/i,
    /\b(?:who|which|one that|what|that) (?:stays|goes)\b|\((?:stays|goes)\)|^(?:stays|goes)$/i,
    /\b(?:tak(?:e|es|en|ing)|took|bring(?:s|ing)?|brought|com(?:e|es|ing)|came|get(?:s)?) (?:\w+ ){0,3}back\b/i,
    /\bmay not (?!have been shown)/i,
    /\blook(?:s|ed|ing)? (?:again|at|around)\b/i,
    /\bhygiene\b|\bcheck-?ups?\b|\bprob(?:e|es|ed|ing)\b/i,
    /\bmint(?:s|ed|ing)?\b/i,
    /\bhandovers?\b|\bchang(?:e|es|ing) hands\b/i,
    /\bas far as routing\b|\bkept out\b|\blet in\b/i,
    /\bnothing is lost\b|\bwithout losing anything\b/i,
    /\bcustomers?\b|\beveryone who wrote\b/i,
    /\bcallers?\b|\bprograms?\b/i,
    /\brights?\b(?! (?:away|now|after|before|side|column))/i,
    /\bsilent(?!ly)\b|\bsilence\b/i,
    /\bperhaps unseen\b|\bundelivered\b|\bun(?:told|seen)\b/i,
    /\bweighs? something\b|\bas the system\b/i,
    /^done: /i,
    /\bsentence to type\b/i,
  ],
  'pt-BR': [
    /\bjunt(?:ar|a|am|ou|ando|ada|adas|ado|ados)\b|\bun(?:ir|idas?|idos?)\b/i,
    /\bduplicatas?\b/i,
    /\bsepar(?:ar|a|ada|adas|ado|ados|ando)\b/i,
    /\b(?:quem|que|qual) (?:fica|vai)\b|\((?:fica|vai)\)|^(?:fica|vai)$/i,
    /\bd(?:e|esfeit\w+) volta\b|\btrazer de volta\b|\bvolta(?:r)? atrás\b/i,
    /\bnada se perde\b/i,
    /\bhigiene\b|\bsondas?\b|\bcheck-?up\b/i,
    /\bclientes?\b/i,
    /\bagente de usuário\b/i,
    /\bgir(?:ar|a|ada|ando|ou)\b/i,
    /\bdireitos?\b/i,
    /\bsobrescrit\w+/i,
    /\bregra de permissão\b/i,
    /\bem silêncio\b|\bsilenciosa\b/i,
    /\bsem fim\b/i,
    /^feito: /i,
  ],
};

/** Parts of names that went from the code: `goesFirst`, `PutBack` and `first_look` hold one each. */
const GONE_IN_CODE =
  /^(?:stays|goes|fates?|hands?|handovers?|mint|minted|minting|told|tell|untold|wish|ailing|insiders?|hygiene|checkups?|probes?|probed|intend|withdraw|recreate|hygienic)$/;
const GONE_PAIRS = /(?:first|second)-look|look-around|put-back|take-back|comes-back|late-cells?/;

/** The sandbox's world is its own: rows it holds. Elsewhere it is facts that a plan is made from. */
const WORLD = /^worlds?$/;

/** Identifiers of a file that hold a word which went, each once. */
export function goneNames(file: Source): string[] {
  if (file.path.startsWith('lib/guards/') || file.path === 'lib/operations/journal/old-names.ts') return [];
  const names = new Set([...bareCode(file.text).matchAll(/[\p{L}_$][\p{L}\d_$]*/gu)].map(([name]) => name));
  const facts = /^(?:app|components|lib)\//.test(file.path) && !isTest(file.path);
  return [...names].filter((name) => {
    const words = wordsOf(name);
    const joined = words.join('-');
    return words.some((word) => GONE_IN_CODE.test(word) || (facts && WORLD.test(word))) || GONE_PAIRS.test(joined);
  });
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1-$2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-_$]+/)
    .filter(Boolean);
}

/** What a message says without its arguments' names: `{goes}` is code, `other {# goes}` is read. */
export function readText(message: string): string {
  return message
    .replaceAll(/\{(\w+)(?:\}|,\s*(?:plural|select|selectordinal|number|date|time)\b,?)/g, ' ')
    .replaceAll(/<\/?\w+>/g, '');
}
