// The core as WebAssembly, and its verdict about a text.
import type { DomainReport, Verdict } from "./vocabulary.js";
import { askEdge } from "./edge.js";
import { unknown } from "./unknown.js";

/** Where the two files of the core come from. */
export interface Sources {
  /** `mailproof/core.wasm`: its bytes, its compiled module, or where to fetch it. */
  core?: BufferSource | WebAssembly.Module | Response | URL | string;
  /** `mailproof/small.pack`: its bytes, or where to fetch it. */
  pack?: BufferSource | URL | string;
}

export interface CheckOptions {
  /**
   * The origin of your Mailproof edge. It is asked about the domain, never about the
   * address. Without it nothing is sent at all.
   */
  endpoint?: string | undefined;
  /** `form` for what people type into forms, `rfc` for what RFC 5321 allows. Default `form`. */
  policy?: "form" | "rfc" | undefined;
}

/** What one build of the core exports. */
export interface Core {
  check(text: string, options: { policy?: string | undefined; routing?: unknown }): Verdict;
  domain_to_ask(text: string, options: { policy?: string | undefined }): string | undefined;
  load_pack(bytes: Uint8Array): boolean;
}

/** One way to get at a core; the first that works is taken. */
export type Way = () => Promise<Core>;

/** `check` and `load` over these ways, which are tried in their order. */
export function over(ways: (sources: Sources) => Way[]) {
  let loading: Promise<Core> | undefined;

  const load = (sources: Sources = {}): Promise<Core> => {
    loading ??= firstOf(ways(sources));
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
        const core = await load();
        const verdict = await judge(core, value, options);
        return { ...verdict, took_ms: Math.round(performance.now() - started) };
      } catch {
        return unknown(value);
      }
    },

    /** Loads the core now, from where `sources` say. Rejects where it cannot be had. */
    async load(sources?: Sources): Promise<void> {
      await load(sources);
    },
  };
}

async function judge(core: Core, text: string, { endpoint, policy }: CheckOptions): Promise<Verdict> {
  const domain = endpoint ? core.domain_to_ask(text, { policy }) : undefined;
  if (!endpoint || !domain) return core.check(text, { policy });
  const routing: Partial<DomainReport> = await askEdge(endpoint, domain);
  return core.check(text, { policy, routing });
}

async function firstOf([way, ...others]: Way[]): Promise<Core> {
  if (!way) throw new Error("mailproof: the core could not be loaded");
  try {
    return await way();
  } catch (error) {
    if (others.length === 0) throw error;
    return firstOf(others);
  }
}
