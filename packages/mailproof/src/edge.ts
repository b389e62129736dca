// The one request of this package: what does DNS say about this domain?
import type { DomainReport } from "./vocabulary.js";

/** As long as a visitor may be kept waiting. */
const DEADLINE_MS = 800;

/** The edge's report about a domain in A-labels; every kind of failure is `edge_unreachable`. */
export async function askEdge(endpoint: string, domain: string): Promise<Partial<DomainReport>> {
  try {
    const response = await fetch(`${endpoint.replace(/\/$/, "")}/v1/domains/${domain}`, {
      credentials: "omit",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    const report: unknown = response.ok ? await response.json() : undefined;
    if (isReport(report)) return report;
  } catch {
    // Told below, as every failure.
  }
  return { reasons: ["edge_unreachable"] };
}

const isReport = (report: unknown): report is DomainReport =>
  typeof report === "object" && report !== null && "reasons" in report && Array.isArray(report.reasons);
