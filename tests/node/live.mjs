// Follows every event with the client of graphql-sse and prints the position and the name of each, one a
// line, until it is stopped. Usage: live.mjs ADDRESS-FILE AFTER CUT
//
// ADDRESS-FILE names the server, and is read again for each connection. After every CUT events the
// connection is cut; 0 never cuts. A connection that is lost is made again at once, from the event that
// was seen last (`Last-Event-ID`).
import { readFileSync } from 'node:fs';
import { createClient } from 'graphql-sse';

const [file, after, cut] = [process.argv[2], ...process.argv.slice(3).map(Number)];
let last = null;
let connection = null;

const client = createClient({
  url: () => `${readFileSync(file, 'utf8').trim()}/graphql`,
  headers: () => (last === null ? {} : { 'last-event-id': String(last) }),
  retryAttempts: 600,
  retry: () => new Promise((resolve) => setTimeout(resolve, 100)),
  fetchFn: (url, options) => {
    connection = new AbortController();
    const signal = AbortSignal.any
      ? AbortSignal.any([options.signal, connection.signal])
      : connection.signal;
    return fetch(url, { ...options, signal });
  },
});

const query = 'subscription($after: Position) { events(after: $after) { position name } }';
let seen = 0;
client.subscribe(
  { query, variables: { after } },
  {
    next({ data, errors }) {
      if (errors) {
        console.error(JSON.stringify(errors));
        process.exit(1);
      }
      last = data.events.position;
      console.log(`${data.events.position} ${data.events.name}`);
      seen += 1;
      // Later, when the client waits for more: it takes what breaks before for the caller's own error.
      if (cut > 0 && seen % cut === 0) setImmediate(() => connection.abort());
    },
    error(error) {
      console.error(String(error));
      process.exit(1);
    },
    complete() {
      console.error('the server says that it is complete');
      process.exit(1);
    },
  },
);
