// SPDX-License-Identifier: Apache-2.0

// The server that tests of the console are run at: SERVER is its address, KEY an access key with all rights.
import assert from "node:assert/strict";

export const { SERVER, KEY } = process.env;

// v1 asks the API, as the owner of KEY.
export async function v1(method, path, body) {
  const answer = await fetch(`${SERVER}/v1${path}`, {
    method, headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" }, body: body && JSON.stringify(body),
  });
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer.status === 204 ? undefined : answer.json();
}

// until waits until something is so, for 20 seconds at most. What is a text, or a function that gives one.
export async function until(what, isSo) {
  for (const begun = Date.now(); !(await isSo()); await new Promise((done) => setTimeout(done, 20))) {
    assert.ok(Date.now() - begun < 20_000, `it does not come to it that ${typeof what === "function" ? what() : what}`);
  }
}
