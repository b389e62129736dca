import type { Attached, AttachOptions } from "./attach.js";

export function attachField(field: HTMLInputElement, options: AttachOptions): Promise<Attached>;
