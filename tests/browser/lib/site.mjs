// A loopback server for the built site, with an edge beside it that answers as told. It
// stands in for the Worker where a test needs an edge that is slow, broken or gone; the
// whole journey runs against the Worker itself (`journey.test.mjs`).
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { rack } from "./receivers.mjs";

const dist = fileURLToPath(new URL("../../../dist/", import.meta.url));
const pages = fileURLToPath(new URL("../pages/", import.meta.url));
const types = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** The body of `GET /v1/domains/{domain}`, as far as the widget reads it. */
export const report = (reason, mx = {}) => ({ reasons: [reason], mx, evidence: [] });

/**
 * Serves dist/ and tests/browser/pages/ (below `/pages/`), and what a test puts into `made`.
 * What is posted to it, wherever, is kept in `received` as its `reader` reads it
 * (receivers.mjs). What `isGone` of a path is not there, and never comes where it `stalls`.
 *
 * @param {(domain: string, response: import("node:http").ServerResponse, asked: URLSearchParams) => void} edge
 */
export async function serve(edge) {
  const site = prepare(edge);
  await site.listen();
  return site;
}

/** The same before it listens: it has no `url` yet. */
export function prepare(edge = (_domain, response) => answer(response, 200, report("accepts_mail"))) {
  const no = () => false;
  const site = { edge, headers: {}, made: new Map(), received: [], reader: rack, isGone: no, stalls: no };
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url, "http://localhost");
    if (request.method === "POST") return receive(request, response, site);
    const [, domain] = /^\/v1\/domains\/([^/]+)$/.exec(pathname) ?? [];
    if (domain) return site.edge(decodeURIComponent(domain), response, searchParams);
    if (site.stalls(pathname)) return;
    if (site.isGone(pathname)) return response.writeHead(404).end();
    try {
      const [folder, path] = pathname.startsWith("/pages/") ? [pages, pathname.slice(7)] : [dist, pathname];
      const file = join(folder, normalize(path.endsWith("/") ? `${path}index.html` : path));
      const body = site.made.get(pathname) ?? (await readFile(file));
      response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream", ...site.headers });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  site.listen = async () => {
    await new Promise((listening) => server.listen(0, "localhost", listening));
    site.url = `http://localhost:${server.address().port}`;
  };
  site.end = () => {
    server.closeAllConnections();
    return new Promise((closed) => server.close(closed));
  };
  return site;
}

async function receive(request, response, site) {
  const chunks = await request.toArray();
  try {
    site.received.push(site.reader(new URLSearchParams(Buffer.concat(chunks).toString())));
  } catch (error) {
    return response.writeHead(400).end(String(error));
  }
  response.writeHead(200, { "content-type": types[".html"] });
  response.end('<!doctype html><html lang="en"><title>Sent</title><p id="done">Thank you!</p></html>');
}

export function answer(response, status, body) {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(typeof body === "string" ? body : JSON.stringify(body));
}

/** A loopback server for any folder: a static host and nothing more. */
export async function serveFolder(folder) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    try {
      const file = join(folder, normalize(decodeURIComponent(pathname.endsWith("/") ? `${pathname}index.html` : pathname)));
      const body = await readFile(file);
      response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((listening) => server.listen(0, "localhost", listening));
  return {
    url: `http://localhost:${server.address().port}`,
    end() {
      server.closeAllConnections();
      return new Promise((closed) => server.close(closed));
    },
  };
}
