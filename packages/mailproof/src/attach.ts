// Looks after a field of the page, as the tag does.
import type { Parts } from "./core.js";

export interface AttachOptions {
  /** The origin of your Mailproof edge. Without it nothing is sent at all. */
  endpoint?: string | undefined;
  /** When a hint may appear. Default `blur`. */
  when?: "blur" | "submit" | undefined;
  /** What holds the form back. Default `syntax`. */
  block?: "syntax" | "dns" | "none" | undefined;
  /** A language tag; else the nearest `lang` of the page. */
  lang?: string | undefined;
  policy?: "form" | "rfc" | undefined;
}

export interface Attached {
  /** Lets the field go, and leaves it as it was found. */
  detach(): void;
}

/** `attach`, over these parts. */
export const attachOver =
  (parts: Parts) =>
  /** Where Mailproof is not available (on a server, say) the field is left as it is. */
  async (field: HTMLInputElement, options: AttachOptions = {}): Promise<Attached> => {
    if (typeof document === "undefined") return { detach() {} };
    try {
      const { attachField } = await import("./field.js");
      return await attachField(parts, field, options, tell);
    } catch (error) {
      tell(error);
      return { detach() {} };
    }
  };

const tell = (error: unknown) => console.info("Mailproof is not available here; forms work as without it.", error);
