// The core as WebAssembly, and its verdict about a text.
import type { DomainReport, Verdict } from "./vocabulary.js";
import { askEdge } from "./edge.js";
import { unknown } from "./unknown.js";

/** Where the three files of the core come from. */
export interface Sources {
  /** `mailproof/core.wasm`: its bytes, its compiled module, or where to fetch it. */
  core?: Source | WebAssembly.Module;
  /** `mailproof/names.wasm`, for international names: the same. */
  names?: Source | WebAssembly.Module;
  /** `mailproof/small.pack`: its bytes, or where to fetch it. */
  pack?: Source;
}

export type Source = ArrayBuffer | Uint8Array<ArrayBuffer> | Response | URL | string;

export interface CheckOptions {
  /**
   * The origin of your Mailproof edge. It is asked about the domain, never about the
   * address. Without it nothing is sent at all.
   */
  endpoint?: string | undefined;
  /** `form` for what people type into forms, `rfc` for what RFC 5321 allows. Default `form`. */
  policy?: "form" | "rfc" | undefined;
}

/** What the engine's module exports, as far as this package uses it. */
export interface Engine {
  check(text: string, options: { policy?: string | undefined; routing?: unknown }): Verdict;
  domain_to_ask(text: string, options: { policy?: string | undefined }): string | undefined;
  load_pack(bytes: Uint8Array): boolean;
  use_idn(names: Names): void;
  start(host: object): void;
  attach(field: HTMLInputElement): boolean;
  detach(field: HTMLInputElement): void;
}

/** The conversions of UTS #46 that the engine borrows. */
export interface Names {
  to_ascii(domain: string): string | undefined;
}

/** How to get at the parts; each is fetched once. */
export interface Parts {
  engine(sources?: Sources): Promise<Engine>;
  names(sources?: Sources): Promise<Names>;
  pack(sources?: Sources): Promise<Uint8Array>;
}

/** `check` and `load` over these parts. */
export function over(parts: Parts) {
  let loading: Promise<Engine> | undefined;

  const load = (sources: Sources = {}): Promise<Engine> => {
    loading ??= whole(parts, sources);
    // After a failure the next call tries again.
    loading.catch(() => (loading = undefined));
    return loading;
  };

  return {
    /**
     * The verdict about `text`. The promise is always kept: where Mailproof itself failed
     * the verdict is `unknown`, which is no reason to refuse anybody.
     */
    async check(text: string, options: CheckOptions = {}): Promise<Verdict> {
      const value = String(text);
      const started = performance.now();
      try {
        const verdict = await judge(await load(), value, options);
        return { ...verdict, took_ms: Math.round(performance.now() - started) };
      } catch {
        return unknown(value);
      }
    },

    /** Loads everything now, from where `sources` say. Rejects where it cannot be had. */
    async load(sources?: Sources): Promise<void> {
      await load(sources);
    },
  };
}

/** The engine with its lists, and with international names where they can be had. */
async function whole(parts: Parts, sources: Sources): Promise<Engine> {
  const names = parts.names(sources).catch(() => undefined);
  const [engine, pack] = await Promise.all([parts.engine(sources), parts.pack(sources)]);
  engine.load_pack(pack);
  const conversions = await names;
  if (conversions) engine.use_idn(conversions);
  return engine;
}

async function judge(engine: Engine, text: string, { endpoint, policy }: CheckOptions): Promise<Verdict> {
  const domain = endpoint ? engine.domain_to_ask(text, { policy }) : undefined;
  if (!endpoint || !domain) return engine.check(text, { policy });
  const routing: Partial<DomainReport> = await askEdge(endpoint, domain);
  return engine.check(text, { policy, routing });
}
