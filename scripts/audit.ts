import { knownVulnerabilities } from './known-vulnerabilities.ts';
import { ROOT } from './processes.ts';

const { text, grave } = await knownVulnerabilities(ROOT);
console.log(text);
process.exitCode = grave ? 1 : 0;
