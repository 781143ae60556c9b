import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { findCapabilities, type Capabilities, type Capability } from '#lib/session/sign-in/capabilities.ts';
import { flagsFor, refuse } from './flags.ts';
import { bin, run } from './servers/processes.ts';

const USAGE = `npm run contract -- --url https://omni-test.example.com --key omni_sk_… [--people id,id] [--release published|newest|feb] [--look]

Says which Omni answers at --url and what this console will do there, then states the recorded contract against it, case by case.
It makes instances, agents, providers, keys and rules of its own and takes them away again. Persons can't be made through the API:
those named by --people are used up, and without them the cases about persons are skipped. --look reads only. The key may come
as OMNI_CONTRACT_KEY instead, which keeps it out of the shell's history; it needs every permission (*). Never against a server people use.`;

const { values } = flagsFor(USAGE, {
  url: { type: 'string' },
  key: { type: 'string', default: process.env.OMNI_CONTRACT_KEY ?? '' },
  people: { type: 'string', default: process.env.OMNI_CONTRACT_PEOPLE ?? '' },
  release: { type: 'string', default: '' },
  look: { type: 'boolean', default: false },
});
const { key, people } = values;
const url = values.url && URL.canParse(values.url) ? values.url.replace(/\/+$/, '').replace(/\/api\/v2$/, '') : null;
if (!url) refuse('--url is the address of an Omni server.', USAGE);
if (!key) refuse('--key is missing.', USAGE);

const GENERATIONS: Record<Capabilities['generation'], string> = {
  current: 'It looks like a current Omni: it asks every call for its scope.',
  february: 'It looks like an Omni of February: scopes bind keys only, so any key may change people and routes there.',
  unknown:
    'It can’t be told which Omni this is: it did not answer, or this key may read too little. Nothing was tried.',
};
const WORDS: Record<Capability, string> = {
  yes: 'yes',
  no: 'no: this server has none',
  forbidden: 'this key may not read it, so the console can’t either',
  unknown: 'unknown: the read failed',
};

/** What the console does with what a server has. */
function willDo({ generation, agents, profiles, audit }: Capabilities): string[] {
  return [
    `people, merges, links and routes: ${values.look ? 'not tried; without --look the cases show it' : 'the cases below show whether they work here as recorded'}`,
    `names and states of agents: ${WORDS[agents]}`,
    `profiles of keys: ${WORDS[profiles]}`,
    `what the server itself recorded of changes (configuration audit): ${WORDS[audit]}`,
    `missing permissions named before a call: ${generation === 'february' ? 'for keys only' : 'yes'}`,
  ];
}

const omni = omniAs(new Credential({ id: 'contract', name: 'Contract', url }, key), { actor: 'contract' });
const found = await findCapabilities(omni);
console.log(`Omni at ${url}${found.version ? `, which calls itself ${found.version}` : ''}`);
console.log(GENERATIONS[found.generation]);
if (found.generation === 'unknown') process.exit(1);
for (const line of willDo(found)) console.log(`  - ${line}`);
if (values.look) process.exit(0);

const ids = people.split(',').filter(Boolean);
const env = {
  OMNI_CONTRACT_URL: url,
  OMNI_CONTRACT_KEY: key,
  OMNI_CONTRACT_RELEASE: values.release || (found.generation === 'february' ? 'feb' : ''),
};
const vitest = (used: string[], ...args: string[]) =>
  run(process.execPath, [bin('vitest'), 'run', ...args], { ...env, OMNI_CONTRACT_PEOPLE: used.join(',') });
// The merge takes the first two of the people, and one of them comes back under a new id: the suite uses up the others.
const alone = ids.length < 2;
if (alone) console.log('\nThe merge while somebody watches is left out: --people names fewer than two.');
const watched = alone
  ? 0
  : await vitest(ids.slice(0, 2), '--project', 'unit', 'lib/persons/merge/watched-merge.test.ts');
const stated = await vitest(ids.slice(2), '--project', 'sandbox', 'sandbox/contract/contract.test.ts');
console.log(
  watched + stated === 0
    ? '\nEvery case that was tried holds: this console knows that Omni.'
    : '\nThe cases above that failed say what this Omni does otherwise than the console expects: don’t use it there before they are understood.',
);
process.exit(watched + stated === 0 ? 0 : 1);
