// SPDX-License-Identifier: Apache-2.0

// The server that tests of the console are run at: SERVER is its address, KEY an access key with all rights.
import assert from "node:assert/strict";

export const { SERVER, KEY } = process.env;

// patience is how long anything may take that follows something else, in milliseconds: much longer than it does, also on a busy machine.
export const patience = 60_000;

// asker asks the API of a server, as the owner of a key.
export function asker(server, key) {
  return async (method, path, body) => {
    const answer = await fetch(`${server}/v1${path}`, {
      method, headers: { authorization: `Bearer ${key}`, "content-type": "application/json" }, body: body && JSON.stringify(body),
    });
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
    return answer.status === 204 ? undefined : answer.json();
  };
}

// v1 asks that of SERVER, as the owner of KEY.
export const v1 = asker(SERVER, KEY);

// until waits until something is so, as long as patience lasts. What is a text, or a function that gives one.
export async function until(what, isSo) {
  for (const begun = Date.now(); !(await isSo()); await new Promise((done) => setTimeout(done, 20))) {
    assert.ok(Date.now() - begun < patience, `it does not come to it that ${typeof what === "function" ? what() : what}`);
  }
}
