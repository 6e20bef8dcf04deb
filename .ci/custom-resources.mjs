// node custom-resources.mjs RENDERED_FOLDER SCRIPTS_FOLDER
// Checks each custom resource in rendered manifests twice: by the validator made from its
// definition, and, since that one passes over unknown fields, by TypeScript as a literal of its
// type. Writes what .ci/container runs into the other folder.

import { execFileSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [renderedFolder, scriptsFolder] = process.argv.slice(2);
const modules = process.env.NODE_MODULES;
const load = (name) => import(pathToFileURL(createRequire(`${modules}/`).resolve(name)));
const loadModels = (name) => import(pathToFileURL(path.join(modules, name, "index.js")));
const YAML = (await load("yaml")).default;

const packages = {
  "gateway.networking.k8s.io/v1": "@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1",
  "cert-manager.io/v1": "@kubernetes-models/cert-manager/cert-manager.io/v1",
  "monitoring.coreos.com/v1": "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1",
};

const documents = fs.readdirSync(renderedFolder).flatMap((file) =>
  YAML.parseAllDocuments(fs.readFileSync(path.join(renderedFolder, file), "utf8"), { version: "1.1" })
    .map((document) => {
      if (document.errors.length > 0) {
        throw new Error(`${file}: ${document.errors[0].message}`);
      }
      return { file, object: document.toJS() };
    })
    .filter(({ object }) => object));

const custom = documents.filter(({ object }) => object.apiVersion in packages);
const kinds = [...new Set(custom.map(({ object }) => object.kind))].sort();
for (const { file, object } of custom) {
  const model = (await loadModels(packages[object.apiVersion]))[object.kind];
  try {
    new model(object).validate();
  } catch (error) {
    throw new Error(`${file}: ${object.kind}: ${error.message}`);
  }
}

function typeErrors(objects) {
  const file = path.join(scriptsFolder, "literals.ts");
  const imports = Object.entries(packages).map(
    ([version, name], i) => `import type * as m${i} from "${path.join(modules, name, "index.d.ts").replace(/\.d\.ts$/, ".js")}";`);
  const literals = objects.map((object, i) => {
    const module = Object.keys(packages).indexOf(object.apiVersion);
    return `export const o${i}: m${module}.I${object.kind} = ${JSON.stringify(object)};`;
  });
  fs.writeFileSync(file, [...imports, ...literals].join("\n"));
  try {
    execFileSync(process.execPath, [
      path.join(modules, "typescript/bin/tsc"), "--noEmit", "--strict", "--skipLibCheck",
      "--module", "nodenext", "--target", "esnext", file], { encoding: "utf8" });
    return "";
  } catch (error) {
    return error.stdout;
  }
}

fs.mkdirSync(scriptsFolder, { recursive: true });
const distinct = [...new Map(custom.map(({ object }) => [JSON.stringify(object), object])).values()];
const errors = typeErrors(distinct);
if (errors) {
  throw new Error(errors);
}
// A check that cannot fail is none: an unknown field must be found.
const withUnknownField = structuredClone(distinct[0]);
withUnknownField.spec.surprise = 1;
if (!typeErrors([withUnknownField]).includes("surprise")) {
  throw new Error("An unknown field went unnoticed");
}
fs.rmSync(path.join(scriptsFolder, "literals.ts"));
console.log(`ci/chart: ${custom.length} custom resources are valid: ${kinds.join(", ")}`);

// For .ci/container: the hooks' scripts, where a variable from outside wins, and the configuration.
const container = documents.filter(({ file }) => file === "container.yaml").map(({ object }) => object);
const hooks = container.filter(({ metadata }) => metadata.annotations?.["helm.sh/hook"] === "test");
for (const { spec: { containers: [{ name, env, args }] } } of hooks) {
  const variables = env
    .filter(({ value }) => value !== undefined)
    .map((variable) => `${variable.name}=\${${variable.name}:-'${variable.value}'}`);
  fs.writeFileSync(path.join(scriptsFolder, `${name}.sh`), ["set -eu", ...variables, args[0]].join("\n"));
}
const { data } = container.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === "gatehouse");
for (const name of ["application.yml", "reloadable.yml"]) {
  fs.writeFileSync(path.join(scriptsFolder, name), data[name]);
}
console.log(`ci/chart: ${hooks.length} test hooks: ${hooks.map(({ metadata }) => metadata.name).join(", ")}`);
