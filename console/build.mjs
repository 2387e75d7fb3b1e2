// SPDX-License-Identifier: Apache-2.0

// Builds codemirror.js and everything that it imports into one file, gzip as browsers get it, with the licences of what is
// in it beside it: node build.mjs DIR. The same packages give the same script; a file that has it already stays as it is, for not
// every zlib writes the same bytes.
import { build } from "esbuild";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";

const into = process.argv[2];
if (!into) throw new Error("usage: node build.mjs DIR");

const { metafile, outputFiles: [script] } = await build({
  entryPoints: ["codemirror.js"],
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
  metafile: true,
  write: false,
  outfile: "out/codemirror.js",
  banner: { js: "// Made by make console from console/; licences: codemirror.licences.txt." },
});
const path = join(into, "codemirror.js.gz");
if (!existsSync(path) || !gunzipSync(readFileSync(path)).equals(script.contents)) {
  writeFileSync(path, gzipSync(script.contents, { level: 9 }));
}
writeFileSync(join(into, "codemirror.licences.txt"), licences(packagesOf(metafile)));

// packagesOf are the folders of the packages of which something is in the bundle, sorted.
function packagesOf(metafile) {
  const inside = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).filter(([, input]) => input.bytesInOutput > 0).map(([path]) => path));
  const folders = inside.map((path) => /^node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0]).filter(Boolean);
  return [...new Set(folders)].sort();
}

// licences is each licence, under the packages that have it.
function licences(folders) {
  const packagesByLicence = new Map();
  for (const folder of folders) {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
    if (!file) throw new Error(`${name} has no licence`);
    const text = readFileSync(join(folder, file), "utf8").trim();
    packagesByLicence.set(text, [...(packagesByLicence.get(text) ?? []), `${name} ${version}`]);
  }
  return [...packagesByLicence].map(([text, packages]) => `${packages.join("\n")}\n\n${text}\n`).join(`\n${"-".repeat(78)}\n\n`);
}
