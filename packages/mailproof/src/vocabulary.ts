// The words of the verdict. `openapi.ts` is made from the Rust types by the build.
import type { components } from "./openapi.js";

type Schemas = components["schemas"];

/** The answer about one address. */
export type Verdict = Schemas["Verdict"];
/** What mail to the address would meet. */
export type Deliverability = Schemas["Deliverability"];
/** What to do with the address. */
export type Advice = Schemas["Advice"];
/** How far the evidence goes. */
export type Level = Schemas["Level"];
/** Why: the closed list of codes. */
export type Reason = Schemas["Reason"];
/** What is wrong with the text, and where. */
export type Issue = Schemas["Issue"];
/** One piece of evidence: who said what. */
export type Evidence = Schemas["Evidence"];
/** The mail exchangers of a domain. */
export type Mx = Schemas["Mx"];
/** The edge's report about one domain. */
export type DomainReport = Schemas["DomainReport"];
