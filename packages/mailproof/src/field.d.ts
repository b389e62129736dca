import type { Attached, AttachOptions } from "./attach.js";
import type { Parts } from "./core.js";

export function attachField(
  parts: Parts,
  field: HTMLInputElement,
  options: AttachOptions,
  tell: (error: unknown) => void,
): Promise<Attached>;
