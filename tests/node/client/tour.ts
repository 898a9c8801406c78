// README.md's tour with a generated client: `node tour.js URL HEADER`. Every answer is typed by the
// contract, and is what the page shows.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { print } from "graphql";
import {
  HowTheEnvelopeStandsDocument,
  OfferDocument,
  WhatHappenedDocument,
  WhatIsLateDocument,
  WhatIsPromisedDocument,
  WhatWasKnownDocument,
  WhereSourcesDisagreeDocument,
  WhichTargetsAreMetDocument,
  WhoTakesPartDocument,
  type OfferMutationVariables,
} from "./contract.js";

const [url = "", header = ""] = process.argv.slice(2);
const page: { expected: Record<string, unknown>; variables: OfferMutationVariables } = JSON.parse(
  readFileSync(new URL("tour.json", import.meta.url), "utf8"),
);

/** What the server answers; its errors are thrown. */
async function ask<Answer, Variables>(
  document: TypedDocumentNode<Answer, Variables>,
  variables: Variables,
): Promise<Answer> {
  const [name = "", value = ""] = header.split(": ");
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", [name]: value },
    body: JSON.stringify({ query: print(document), variables }),
  });
  const answer = (await response.json()) as { data: Answer; errors?: unknown };
  assert.equal(answer.errors, undefined, JSON.stringify(answer.errors));
  return answer.data;
}

let shown = 0;
/** A question of the page, whose answer must be the one that stands there. */
async function asShown<Answer>(
  name: string,
  document: TypedDocumentNode<Answer, Record<string, never>>,
): Promise<Answer> {
  const answer = await ask(document, {});
  assert.deepEqual(answer, page.expected[name], name);
  shown += 1;
  return answer;
}

/** The first of a list that is not empty. */
function first<Entry>(entries: readonly Entry[]): Entry {
  const [entry] = entries;
  assert(entry !== undefined);
  return entry;
}

const field = first((await asShown("WhoTakesPart", WhoTakesPartDocument)).interventions.nodes);
const lead = field.participations.find((it) => it.role === "LEAD");
assert.equal(lead?.actor?.name, "Commune de Belfaâ");
assert.equal(field.programme?.acronym, "PRIM");
// @ts-expect-error a role that the contract does not have
assert(field.participations.every((it) => it.role !== "SPECTATOR"));
// @ts-expect-error a field that was not asked for
assert.equal(field.budget, undefined);

const before = first((await asShown("WhatWasKnown", WhatWasKnownDocument)).interventions.nodes);
assert.equal(before.stage, "STARTED");
assert.equal(before.programme, null);

const late = (await asShown("WhatIsLate", WhatIsLateDocument)).commitments.nodes;
const days: (number | null | undefined)[] = late.map((it) => it.lateness.days);
assert.deepEqual(days, [366, 184]);

const programme = first(
  (await asShown("HowTheEnvelopeStands", HowTheEnvelopeStandsDocument)).programmes.nodes,
);
const envelope = first(programme.envelopes);
assert.equal(envelope.amount.minor - envelope.reserved.minor, envelope.left.minor);

const sources = first(
  (await asShown("WhereSourcesDisagree", WhereSourcesDisagreeDocument)).programmes.nodes,
);
assert.deepEqual(sources.disputed, ["PERIOD"]);

const targets = (await asShown("WhichTargetsAreMet", WhichTargetsAreMetDocument)).programmes.nodes;
const verdicts = targets.flatMap((it) => it.results).flatMap((it) => it.indicators);
assert(verdicts.some((it) => it.verdict === "NOT_MET" && it.progress.agreed === 46));

const history = first((await asShown("WhatHappened", WhatHappenedDocument)).interventions.nodes);
const positions = history.timeline.nodes.map((it) => it.position);
assert.deepEqual(positions, [45, 47, 52, 53]);

const promised = (await asShown("WhatIsPromised", WhatIsPromisedDocument)).commitments;
const dues = promised.nodes.map((it) => it.due ?? "");
assert.deepEqual(dues, [...dues].sort().reverse(), "the last one first");
const whole = promised.groups.reduce((sum, it) => sum + it.aggregates.count, 0);
assert.equal(whole, promised.totalCount, "each has one stage and one year");

// The command is sent twice, as by somebody whose connection broke: it is recorded once.
const { commitmentOffer: offered } = await ask(OfferDocument, page.variables);
assert.deepEqual(offered.errors, []);
assert.equal(offered.commitment?.stage, "OFFERED");
const { commitmentOffer: again } = await ask(OfferDocument, page.variables);
assert.equal(again.receipt?.lastPosition, offered.receipt?.lastPosition);
const { commitmentOffer: other } = await ask(OfferDocument, {
  input: { ...page.variables.input, commandId: randomUUID(), due: "hier" },
});
assert.equal(first(other.errors).field, "due");
// @ts-expect-error an input that lacks what it must have
const lacking: OfferMutationVariables = { input: { commandId: "" } };
assert(lacking);

assert.equal(shown, Object.keys(page.expected).length, "every question of the page is asked");
console.log(`${shown} questions and a command`);
