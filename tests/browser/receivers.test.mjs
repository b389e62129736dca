// The receivers that the other tests post to read names as the real ones do.
import assert from "node:assert/strict";
import { test } from "node:test";
import { php, rack } from "./lib/receivers.mjs";

const rows = [
  { sent: "a=1&b=2&a=3", rack: { a: "3", b: "2" }, php: { a: "3", b: "2" } },
  { sent: "user[email]=x&user[name]=y", rack: { user: { email: "x", name: "y" } }, php: { user: { email: "x", name: "y" } } },
  { sent: "tags[]=x&tags[]=y", rack: { tags: ["x", "y"] }, php: { tags: { 0: "x", 1: "y" } } },
  // What stands behind a bracket: 400 where Rack reads it, and the earlier value is lost in PHP.
  { sent: "user[email]=x&user[email]_verdict=y", rack: 400, php: { user: { email: "y" } } },
  { sent: "user=x&user[email]=y", rack: 400, php: { user: { email: "y" } } },
  { sent: "bot-field=x&a.b=y", rack: { "bot-field": "x", "a.b": "y" }, php: { "bot-field": "x", a_b: "y" } },
];

for (const row of rows) {
  test(row.sent, () => {
    const pairs = () => new URLSearchParams(row.sent);
    if (row.rack === 400) assert.throws(() => rack(pairs()));
    else assert.deepEqual(rack(pairs()), row.rack);
    assert.deepEqual(php(pairs()), row.php);
  });
}
