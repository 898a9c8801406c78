// Runs the audits of graphql-http (https://github.com/graphql/graphql-http, GraphQL over HTTP) against
// the server at the address given, one line each: id, name, status. Fails unless every one says `ok`.
import { serverAudits } from 'graphql-http';

/** How many audits the specification has: with fewer, something of it is not asked. */
const AUDITS_MIN = 61;

const url = process.argv[2];
if (!url) {
  console.error('usage: node audits.mjs URL');
  process.exit(2);
}

let audits = 0;
let failed = 0;
for (const audit of serverAudits({ url, fetchFn: fetch })) {
  const result = await audit.fn();
  audits += 1;
  console.log(audit.id, audit.name, result.status);
  if (result.status !== 'ok') {
    failed += 1;
    console.log(`    ${result.reason}`);
  }
}
console.log(`${audits} audits, of which ${failed} failed`);
process.exit(failed === 0 && audits >= AUDITS_MIN ? 0 : 1);
