// The built site on loopback from a thread of its own: the one that drives the browser is
// busy when the page asks.
import { parentPort, workerData } from "node:worker_threads";
import { serve } from "../../tests/browser/lib/site.mjs";

const site = await serve();
site.made = new Map(Object.entries(workerData));
// Headers come in for what is asked from now on, and go back when they are in force.
parentPort.on("message", (headers) => {
  site.headers = headers;
  parentPort.postMessage(headers);
});
parentPort.postMessage(site.url);
