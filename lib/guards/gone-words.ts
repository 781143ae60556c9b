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
    /\bcustomers?\b(?! service)|\beveryone who wrote\b/i,
    /\bcallers?\b|\bprograms?\b/i,
    /\brights\b|\b(?:missing|lacks?|needs?|without) (?:the|a|this) right\b/i,
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
    /\b(?:quem|que|qual) (?:fica|vai)\b(?! acontecer)|\((?:fica|vai)\)|^(?:fica|vai)$/i,
    /\bd(?:e|esfeit\w+) volta\b|\btrazer de volta\b|\bvolta(?:r)? atrás\b/i,
    /\bnada se perde\b/i,
    /\bhigiene\b|\bsondas?\b|\bcheck-?up\b/i,
    /\bclientes?\b/i,
    /\bagente de usuário\b/i,
    /\bgir(?:ar|a|ada|ando|ou)\b/i,
    /\bdireitos?\b/i,
    /\bsobrescritas?\b/i,
    /\bregra de permissão\b/i,
    /\bem silêncio\b|\bsilenciosa\b/i,
    /\bsem fim\b/i,
    /^feito: /i,
  ],
};

/** Parts of names that went from the code: `goesFirst`, `PutBack` and `first_look` hold one each. */
const GONE_IN_CODE =
  /^(?:stays|goes|fates?|handovers?|mint|minted|minting|untold|wish|ailing|insiders?|hygiene|hygienic|checkups?|intend|withdraw|recreate)$/;
const GONE_PAIRS = /(?:first|second)-look|look-around|put-back|take-back|comes-back|late-cells?/;

/** Words that went from the floors. The sandbox's world is its own (rows it holds), and there are probes of health and of ports. */
const GONE_ON_FLOORS = /^(?:worlds?|hands?|told|tell|probes?|probed)$/;

/** Names that stay, and why. */
const KEPT_NAMES: Readonly<Record<string, string>> = {
  route_probes: 'the name of a table in stores that exist',
  routeProbes: 'the migration that makes it',
  CantTell: 'says what the screen says: “Can’t tell”',
};

/** What reads entries, links and stores of releases before has to know their names. */
const READS_OLD_NAMES =
  /(?:^|\/)(?:read-)?old-(?:names|texts|entries|store|addresses)\b|merge-address|journal\/list\.test/;

/** Identifiers of a file that hold a word which went, each once. */
export function goneNames(file: Source): string[] {
  if (file.path.startsWith('lib/guards/') || READS_OLD_NAMES.test(file.path)) return [];
  const names = new Set([...bareCode(file.text).matchAll(/[\p{L}_$][\p{L}\d_$]*/gu)].map(([name]) => name));
  const floor = /^(?:app|components|lib)\//.test(file.path) && !isTest(file.path);
  return [...names].filter((name) => {
    if (KEPT_NAMES[name]) return false;
    const words = wordsOf(name);
    const gone = words.some((word) => GONE_IN_CODE.test(word) || (floor && GONE_ON_FLOORS.test(word)));
    return gone || GONE_PAIRS.test(words.join('-'));
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

/** What people read of a message: names of arguments and of options are code, what stands in an option is read. */
export function readText(message: string): string {
  return message
    .replaceAll(/\{(\w+)(?:\}|,\s*(?:plural|select|selectordinal|number|date|time)\b,?)/g, ' ')
    .replaceAll(/<\/?\w+>/g, '')
    .replaceAll(/[\w=-]+\s*\{/g, '{');
}
