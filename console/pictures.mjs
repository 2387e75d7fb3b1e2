// SPDX-License-Identifier: Apache-2.0

// Makes the pictures of the console in docs: node pictures.mjs FOLDER. It runs gwrd try, which has a pet store and a real Envoy, lets
// errors happen there, and goes through the pages.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { browserPath } from "./test/browser.mjs";
import { asker, until } from "./test/server.mjs";

const looks = [
  { name: "wide-light", viewport: { width: 1280, height: 800 }, colorScheme: "light" },
  { name: "wide-dark", viewport: { width: 1280, height: 800 }, colorScheme: "dark" },
  { name: "narrow-light", viewport: { width: 390, height: 780 }, colorScheme: "light" },
  { name: "narrow-dark", viewport: { width: 390, height: 780 }, colorScheme: "dark" },
];

// How well the pictures are kept, of 100: with less, text has spots.
const quality = 45;

// start runs gwrd try in a folder, and gives where server and Envoy are.
async function start(data) {
  const any = ["--listen", "--xds-listen", "--ops-listen"].flatMap((flag) => [flag, "127.0.0.1:0"]);
  const flags = ["--plugin", "../dist/plugin.wasm", "--fetch", "--cache", "../.cache", "--data", data, "--port", "0", "--admin-port", "0", ...any];
  const process = spawn("../dist/gwrd", ["try", ...flags], { stdio: ["ignore", "pipe", "ignore"] });
  let printed = "";
  process.stdout.on("data", (text) => { printed += text; });
  const ended = once(process, "exit").then(([code]) => { throw new Error(`gwrd ended with ${code}:\n${printed}`); });
  ended.catch(() => {});
  while (!printed.includes("Ctrl-C stops")) await Promise.race([ended, new Promise((done) => setTimeout(done, 50))]);
  const [, server, envoy, api] = /The server is at (\S+), and Envoy at (\S+) runs[^]+--rest-api-id (\S+)/.exec(printed);
  return { server, envoy, api, stop: () => process.kill("SIGINT") };
}

const problem = '{\n  "type": "https://docs.example.com/errors/throttled",\n  "title": $context.error.messageString,\n  "status": $context.status,\n  "requestId": "$context.requestId"\n}';
const page = "<h1>The pets need a rest</h1>\n<p>$context.error.message. Come back in a minute, or tell us:\n<code>$context.requestId</code></p>";

// definition is what is imported.
const definition = `openapi: 3.0.1
info: { title: returns, version: "1" }
paths: {}
x-amazon-apigateway-gateway-responses:
  QUOTA_EXCEEDED:
    statusCode: "429"
    responseParameters:
      gatewayresponse.header.Retry-After: "'86400'"
    responseTemplates:
      application/json: '{"error": $context.error.messageString, "path": "$context.path"}'
`;

// live lets something be there to see: changes that are deployed, one that is not, and APIs that are bound elsewhere.
async function live(v1, pets) {
  const settled = () => until("what was put is in force", async () => {
    const { inForce, newest, due } = await v1("GET", "/gateways/default/standing");
    return inForce && inForce === newest && !due;
  });
  await v1("PUT", "/gateways/default/base", { text: JSON.stringify({ gatewayResponses: { DEFAULT_4XX: { responseTemplates: { "application/json": '{"message":$context.error.messageString}' } } } }) });
  for (const [name, description, host] of [["orders", "What is ordered, and when it comes", "orders.example.com"], ["sign-up", "New customers", "www.example.com"], ["reports", "For partners", ""]]) {
    const { id } = await v1("POST", "/apis", { name, description });
    await v1("PUT", `/apis/${id}/responses/DEFAULT_4XX`, { responseTemplates: { "application/json": '{"error":$context.error.messageString}' } });
    if (!host) continue;
    await v1("POST", `/apis/${id}/deployments`, { stage: "prod" });
    await v1("POST", "/hosts", { host });
    await v1("PUT", `/hosts/${host}/bindings/v1`, { api: id, stage: "prod" });
    await settled();
  }
  await v1("PUT", `/apis/${pets}/responses/THROTTLED`, {
    statusCode: "429", responseParameters: { "gatewayresponse.header.Retry-After": "'60'" }, responseTemplates: { "application/problem+json": problem, "text/html": page },
  });
  await v1("POST", `/apis/${pets}/deployments`, { stage: "prod" });
  await settled();
  await v1("PUT", `/apis/${pets}/responses/ACCESS_DENIED`, { statusCode: "404", responseTemplates: { "application/json": '{"message":"There is no such pet"}' } });
}

// waits lets a change of somebody else wait for consent, on another gateway.
async function waits(v1, server) {
  await v1("PUT", "/gateways/shop", { description: "Sells pets, and asks two people", consent: "required" });
  const { bearer } = await v1("POST", "/keys", { name: "ann", rights: { role: "admin" } });
  await asker(server, bearer)("PUT", "/gateways/shop/base", { text: JSON.stringify({ gatewayResponses: { THROTTLED: { statusCode: "503", responseTemplates: { "application/json": '{"message":"Too many pets at once"}' } } } }) });
}

// fail lets clients meet errors, until it is stopped.
function fail(envoy) {
  const paths = ["/jwt", "/jwt", "/limited", "/limited", "/limited", "/limited", "/none", "/down", "/rbac"];
  let i = 0;
  const timer = setInterval(() => fetch(envoy + paths[i++ % paths.length]).then((a) => a.text(), () => {}), 40);
  return () => clearInterval(timer);
}

// screens are the pages by the names of their pictures, with what is done there first.
const screens = (pets) => [
  ["gateways", "/console/"],
  ["gateway", "/console/gateways/default"],
  ["compare", "/console/gateways/default/diff?from=4&to=5&replies=true"],
  ["take-back", "/console/gateways/default/pin?revision=4"],
  ["switch-off", "/console/gateways/default/switch"],
  ["base", "/console/gateways/default/base"],
  ["api", `/console/apis/${pets}`],
  ["hosts", "/console/hosts"],
  ["host", "/console/hosts/orders.example.com"],
  ["bind", `/console/bind?host=orders.example.com&path=pets&api=${pets}&stage=prod`],
  ["edit", `/console/apis/${pets}/responses/THROTTLED`, async (page) => {
    await page.getByRole("combobox", { name: "Client" }).selectOption("browser");
    await page.frameLocator("iframe").getByRole("heading").waitFor();
  }],
  ["import", "/console/import", async (page) => {
    await page.getByLabel("Or its text").fill(definition);
    await page.getByRole("button", { name: "See what comes of it" }).click();
    await page.getByRole("heading", { name: "What comes of" }).waitFor();
  }],
  ["export", `/console/apis/${pets}/export`],
  ["matrix", `/console/apis/${pets}/matrix`],
  ["deploy", `/console/apis/${pets}/deploy`],
  ["stage", `/console/apis/${pets}/stages/prod`],
  ["try", "/console/tries", async (page) => {
    await page.getByLabel("Path and query").fill("/jwt");
    await page.getByRole("button", { name: "Send it" }).click();
    await page.getByRole("heading", { name: "What came back" }).waitFor();
  }],
  ["audit", "/console/audit"],
  ["keys", "/console/keys"],
  ["sessions", "/console/sessions"],
];

const folder = process.argv[2];
const data = await mkdtemp(join(tmpdir(), "pictures-"));
const running = await start(data);
const stopErrors = fail(running.envoy);
const browser = await chromium.launch({ executablePath: browserPath(), args: ["--no-sandbox", "--disable-dev-shm-usage", "--no-proxy-server", "--hide-scrollbars"] });
try {
  const key = (await readFile(join(data, "admin-key"), "utf8")).trim();
  const v1 = asker(running.server, key);
  await live(v1, running.api);
  await v1("POST", "/keys", { name: "deploys of the shop", rights: { role: "deploy", hosts: ["*.example.com"] } });
  await new Promise((done) => setTimeout(done, 15_000)); // counters come every five seconds, and a rate is made of several
  await until("the Envoy has counted errors", async () => Object.keys((await v1("GET", "/gateways/default/rates")).now.perSecond).length > 3);
  await mkdir(folder, { recursive: true });
  const taken = [];
  for (const { name: look, ...options } of looks) {
    const page = await (await browser.newContext(options)).newPage();
    const devTools = await page.context().newCDPSession(page);
    const picture = async (name) => {
      const shown = await devTools.send("Page.captureScreenshot", { format: "webp", quality });
      await writeFile(join(folder, `${name}-${look}.webp`), Buffer.from(shown.data, "base64"));
      if (process.env.WHOLE) await page.screenshot({ path: join(process.env.WHOLE, `${name}-${look}.png`), fullPage: true });
    };
    await page.goto(`${running.server}/console/sign-in`);
    await picture("sign-in");
    await page.locator("input[name=key]").fill(key);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${running.server}/console/`);
    for (const [name, path, first] of screens(running.api)) {
      await page.goto(running.server + path, { waitUntil: "networkidle" });
      await first?.(page);
      await picture(name);
    }
    taken.push({ page, picture });
  }
  await waits(v1, running.server); // at the end: other pages would show that gateway, too
  for (const { page, picture } of taken) {
    await page.goto(`${running.server}/console/gateways/shop/consent`, { waitUntil: "networkidle" });
    await picture("consent");
  }
} finally {
  stopErrors();
  await browser.close();
  running.stop();
  await rm(data, { recursive: true, force: true });
}
