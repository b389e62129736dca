// For Node, and for where no file can be served beside a script: the core's files are in
// the module itself.
import { over } from "./core.js";
import { given, inlined, translated } from "./ways.js";
import { schemaOver } from "./schema.js";

const { check, load } = over((sources) => (sources.core ? [() => given(sources)] : [inlined, translated]));

export { check, load };
export const emailSchema = schemaOver(check);
export { attach } from "./attach.js";
export type { AttachOptions, Attached } from "./attach.js";
export type { CheckOptions, Sources } from "./core.js";
export type { EmailSchema, EmailSchemaOptions } from "./schema.js";
export type * from "./vocabulary.js";
