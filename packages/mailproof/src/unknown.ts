import type { Verdict } from "./vocabulary.js";
// The tag's own, so that there is one.
import { unknown as made } from "#loader/unknown.js";

/** The verdict when there is no core to give one. */
export const unknown: (input: string) => Verdict = made as (input: string) => Verdict;
