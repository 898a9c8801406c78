// Whether the contract only grew: `node evolution.mjs RELEASED.graphql SERVED.graphql` says in words what
// breaks who relies on the released one, and exits with 1 where something does.
import { readFileSync } from "node:fs";
import { DiffRule, diff } from "@graphql-inspector/core";
import { buildSchema } from "graphql";

/** What is told of a change: how grave it is, and what it is. */
const told = (change) => `${change.criticality.level} ${change.message}`;

/** The changes from one SDL to another, the breaking ones first. */
async function changes(released, served) {
  // What a release had deprecated may go with the next one.
  const rules = [DiffRule.suppressRemovalOfDeprecatedField];
  const found = await diff(buildSchema(released), buildSchema(served), rules);
  const breaks = (change) => change.criticality.level === "BREAKING";
  return { breaking: found.filter(breaks), others: found.filter((it) => !breaks(it)) };
}

/** A check that finds nothing would pass for ever: it has to find these, and not those. */
async function proveItself() {
  const released = `
    type Query { kept(of: Int): Int old: Int @deprecated(reason: "use kept") }
    enum Stage { OPEN CLOSED }
    input Filter { stage: Stage }
    type Mutation { close(filter: Filter): Stage }`;
  const change = (from, to) => {
    if (!released.includes(from)) throw new Error(`the example has no ${from}`);
    return changes(released, released.replace(from, to));
  };
  for (const [from, to] of [
    ["kept(of: Int): Int", ""],
    ["kept(of: Int): Int", "kept: Int"],
    ["kept(of: Int): Int", "kept(of: Int!): Int"],
    ["kept(of: Int): Int", "kept(of: Int, by: Int!): Int"],
    ["kept(of: Int): Int", "kept(of: Int): String"],
    ["OPEN CLOSED", "OPEN"],
    ["input Filter { stage: Stage }", "input Filter { stage: Stage! }"],
    ["input Filter { stage: Stage }", "input Filter { stage: Stage by: Int! }"],
  ]) {
    const { breaking } = await change(from, to);
    if (breaking.length === 0) throw new Error(`not seen: “${from}” became “${to}”`);
  }
  for (const [from, to] of [
    ["kept(of: Int): Int", "kept(of: Int): Int added: Int"],
    ["kept(of: Int): Int", "kept(of: Int, by: Int): Int!"],
    ["kept(of: Int): Int", 'kept(of: Int): Int @deprecated(reason: "use other") other: Int'],
    ['old: Int @deprecated(reason: "use kept")', ""],
    ["OPEN CLOSED", "OPEN CLOSED ANNULLED"],
    ["input Filter { stage: Stage }", "input Filter { stage: Stage by: Int }"],
  ]) {
    const { breaking, others } = await change(from, to);
    if (breaking.length > 0) throw new Error(`“${to}” breaks nobody: ${breaking.map(told)}`);
    if (others.length === 0) throw new Error(`not seen: “${from}” became “${to}”`);
  }
}

const [released, served] = process.argv.slice(2).map((path) => readFileSync(path, "utf8"));
await proveItself();
const { breaking, others } = await changes(released, served);
for (const change of [...breaking, ...others]) console.log(told(change));
if (breaking.length > 0) {
  console.error(`${breaking.length} changes break who relies on the released contract.`);
  process.exit(1);
}
