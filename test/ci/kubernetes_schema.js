// Part of corolint, under the Apache License v2.0 with LLVM Exceptions.
// See LICENSE for license information.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
// Holds the manifests of a file against Kubernetes' own schemas.
// Usage: node kubernetes_schema.js NODE_MODULES MANIFEST

const fs = require("fs");
const { createRequire } = require("module");
const [modules, manifest] = process.argv.slice(2);
const load = createRequire(modules + "/");

// The schemas let any key pass. One that nobody asks for is misspelled.
function watched(value, path, unread) {
  if (value === null || typeof value !== "object") return value;
  const parts = {};
  for (const key of Object.keys(value)) {
    parts[key] = watched(value[key], `${path}/${key}`, unread);
    if (!Array.isArray(value)) unread.add(`${path}/${key}`);
  }
  return new Proxy(value, {
    get(target, key) {
      unread.delete(`${path}/${String(key)}`);
      return Object.hasOwn(parts, key) ? parts[key] : target[key];
    },
  });
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

let wrong = 0;
for (const parsed of load("yaml").parseAllDocuments(fs.readFileSync(manifest, "utf8"))) {
  const object = parsed.toJS();
  const name = object.apiVersion.split("/").map(capital).join("") + object.kind;
  const { validate } = load(
    `${modules}/kubernetes-models/_schemas/IoK8sApi${name}.js`);
  const unread = new Set();
  const complaints = [];
  if (!validate(watched(object, "", unread)))
    for (const error of validate.errors)
      complaints.push(`${error.instancePath}: ${error.keyword} ` +
        JSON.stringify(error.params));
  for (const path of unread) complaints.push(`${path}: no such key`);
  for (const complaint of complaints) console.log(complaint);
  wrong += complaints.length;
  console.log(`${object.kind}: ${complaints.length} wrong`);
}
process.exit(wrong ? 1 : 0);
