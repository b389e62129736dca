// For bundlers and browsers: the core's files are fetched from beside this one.
import { attachOver } from "./attach.js";
import { over } from "./core.js";
import { schemaOver } from "./schema.js";
import { fromFiles as parts } from "./ways.js";

const { check, load } = over(parts);

export { check, load };
export const attach = attachOver(parts);
export const emailSchema = schemaOver(check);
export type { AttachOptions, Attached } from "./attach.js";
export type { CheckOptions, Source, Sources } from "./core.js";
export type { EmailSchema, EmailSchemaOptions } from "./schema.js";
export type * from "./vocabulary.js";
