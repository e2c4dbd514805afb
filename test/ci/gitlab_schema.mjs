// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Holds a component or a pipeline against GitLab's own schema, which is in the package
// gitlab-ci-local. A component's inputs have the values of their defaults.
// Usage: node gitlab_schema.mjs NODE_MODULES FILE

import fs from "node:fs";
import { createRequire } from "node:module";

const [modules, path] = process.argv.slice(2);
const load = createRequire(modules + "/");
const { schema } = await import(`${modules}/gitlab-ci-local/src/schema/schema.js`);
const Ajv = load("ajv").default;
const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false })
  .compile(schema);

const complaints = [];
const documents = fs.readFileSync(path, "utf8").split(/^---$/m);
const parse = (text) => load("yaml").parse(text);
const header = documents.length > 1 ? parse(documents[0]) : {};
const inputs = header.spec?.inputs ?? {};
const unused = new Set(Object.keys(inputs));
const pipeline = documents.at(-1).replace(/\$\[\[ *inputs\.([\w-]+) *\]\]/g, (_, name) => {
  unused.delete(name);
  if (!Object.hasOwn(inputs, name)) complaints.push(`no such input: ${name}`);
  return inputs[name]?.default || "given";
});
for (const name of unused) complaints.push(`input that nothing uses: ${name}`);

// The schema has the pipeline only; these are the keywords of `spec:inputs`.
const keywords = ["default", "description", "options", "regex", "type"];
for (const [name, input] of Object.entries(inputs))
  for (const keyword of Object.keys(input))
    if (!keywords.includes(keyword)) complaints.push(`/spec/${name}: no keyword ${keyword}`);
if (!validate(parse(pipeline)))
  for (const error of validate.errors)
    complaints.push(`${error.instancePath}: ${error.keyword} ` +
      JSON.stringify(error.params));
for (const complaint of complaints) console.log(complaint);
console.log(`${complaints.length} wrong`);
process.exit(complaints.length ? 1 : 0);
