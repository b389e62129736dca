// A Standard Schema (standardschema.dev, version 1) for whatever library takes one.
import type { CheckOptions } from "./core.js";
import { sentence, type Language } from "./messages.js";
import type { Verdict } from "./vocabulary.js";

export interface EmailSchemaOptions extends CheckOptions {
  /**
   * What is an issue. `rejected`, the default: only what cannot be delivered to, by syntax
   * or by what two resolvers agree on. `doubtful`: slips and disposable addresses, too.
   */
  refuse?: "rejected" | "doubtful" | undefined;
  /** The language of the issues. Default `en`. */
  lang?: Language | undefined;
}

type Outcome =
  | { readonly value: string; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string }[] };

/** A schema from text to the cleaned address. */
export interface EmailSchema {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "mailproof";
    readonly validate: (value: unknown) => Promise<Outcome>;
    readonly types?: { readonly input: string; readonly output: string };
  };
}

/** `emailSchema`, over one way to judge. */
export const schemaOver =
  (check: (text: string, options?: CheckOptions) => Promise<Verdict>) =>
  (options: EmailSchemaOptions = {}): EmailSchema => ({
    "~standard": {
      version: 1,
      vendor: "mailproof",
      validate: async (value) => {
        if (typeof value !== "string") return { issues: [{ message: await sentence("empty", options.lang) }] };
        const verdict = await check(value, options);
        if (!refuses(verdict, options)) return { value: verdict.normalized ?? value };
        return { issues: [{ message: await words(verdict, options.lang) }] };
      },
    },
  });

const refuses = ({ advice }: Verdict, { refuse = "rejected" }: EmailSchemaOptions) =>
  advice === "reject" || (refuse === "doubtful" && advice === "confirm");

async function words({ reason, did_you_mean }: Verdict, lang?: Language): Promise<string> {
  const about = await sentence(reason, lang);
  if (!did_you_mean) return about;
  const question = await sentence("did_you_mean", lang);
  return `${about} ${question.replace("{address}", () => did_you_mean)}`;
}
