import { knownVulnerabilities } from './suites/known-vulnerabilities.ts';
import { ROOT } from './servers/processes.ts';

const { text, grave } = await knownVulnerabilities(ROOT);
console.log(text);
process.exitCode = grave ? 1 : 0;
