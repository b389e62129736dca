// For bundlers and browsers: the core's files are fetched from beside this one.
import { over } from "./core.js";
import { fetched, inlined, translated } from "./ways.js";
import { schemaOver } from "./schema.js";

const { check, load } = over((sources) => [() => fetched(sources), inlined, translated]);

export { check, load };
export const emailSchema = schemaOver(check);
export { attach } from "./attach.js";
export type { AttachOptions, Attached } from "./attach.js";
export type { CheckOptions, Sources } from "./core.js";
export type { EmailSchema, EmailSchemaOptions } from "./schema.js";
export type * from "./vocabulary.js";
