// Generates a typed client of the contract for the operations of README.md:
// `node client/generate.mjs SCHEMA README FOLDER` writes contract.ts and tour.json into the folder.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { codegen } from "@graphql-codegen/core";
import * as typedDocumentNode from "@graphql-codegen/typed-document-node";
import * as typescript from "@graphql-codegen/typescript";
import * as typescriptOperations from "@graphql-codegen/typescript-operations";
import { buildSchema, parse, printSchema } from "graphql";

/** What README.md asks, in its order, under the names that tour.ts knows it by. */
const QUESTIONS = [
  "WhoTakesPart",
  "WhatWasKnown",
  "WhatIsLate",
  "HowTheEnvelopeStands",
  "WhereSourcesDisagree",
  "WhichTargetsAreMet",
  "WhatHappened",
  "WhatIsPromised",
];

/** A string that no other scalar's passes for. */
const branded = (name) => ({ input: "string", output: `string & { readonly scalar: "${name}" }` });
const whole = { input: "number", output: "number" };
const texts =
  "Country Date DateTime Effective GoalCode Hash Name SectorCode TerritoryId ThemeCode UUID";
const scalars = {
  ...Object.fromEntries(texts.split(" ").map((name) => [name, branded(name)])),
  JSON: { input: "unknown", output: "unknown" },
  Position: whole,
  SafeInt: whole,
};

/** The blocks of the page in a language, without their fences. */
const blocks = (page, language) =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, "gms"))].map((it) => it[1]);

/** The questions and answers of the page, and the command that it sends with curl. */
function tour(page) {
  const questions = blocks(page, "graphql");
  const answers = blocks(page, "json").map((it) => JSON.parse(it));
  if (questions.length !== QUESTIONS.length || answers.length !== QUESTIONS.length) {
    throw new Error(`README.md has ${questions.length} questions: name them in QUESTIONS`);
  }
  const command = /<<'JSON'\n(.*?)^JSON$/ms.exec(page);
  if (!command) throw new Error("README.md sends no command");
  const { query, variables } = JSON.parse(command[1]);
  const named = questions.map((text, at) => `query ${QUESTIONS[at]} ${text}`);
  const operations = [...named, query.replace(/^mutation/, "mutation Offer")].join("\n");
  const expected = Object.fromEntries(QUESTIONS.map((name, at) => [name, answers[at]]));
  return { operations, expected, variables };
}

const [schemaPath, readmePath, folder] = process.argv.slice(2);
const { operations, expected, variables } = tour(readFileSync(readmePath, "utf8"));
const schema = buildSchema(readFileSync(schemaPath, "utf8"));
const generated = await codegen({
  filename: "contract.ts",
  schema: parse(printSchema(schema)),
  documents: [{ location: readmePath, document: parse(operations) }],
  config: {
    scalars,
    // A scalar that is not among them is an error, rather than `any`.
    strictScalars: true,
    useTypeImports: true,
    enumsAsTypes: true,
    skipTypename: true,
    // Types that no operation needs are left out.
    onlyOperationTypes: true,
  },
  plugins: [{ typescript: {} }, { typescriptOperations: {} }, { typedDocumentNode: {} }],
  pluginMap: { typescript, typescriptOperations, typedDocumentNode },
});
writeFileSync(join(folder, "contract.ts"), generated);
writeFileSync(join(folder, "tour.json"), JSON.stringify({ expected, variables }));
