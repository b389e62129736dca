// For Node, and for where no file can be served beside a script: the core's files are in
// the module itself.
import { attachOver } from "./attach.js";
import { over } from "./core.js";
import { schemaOver } from "./schema.js";
import { fromInside as parts } from "./ways.js";

const { check, load } = over(parts);

export { check, load };
export const attach = attachOver(parts);
export const emailSchema = schemaOver(check);
export type { AttachOptions, Attached } from "./attach.js";
export type { CheckOptions, Source, Sources } from "./core.js";
export type { EmailSchema, EmailSchemaOptions } from "./schema.js";
export type * from "./vocabulary.js";
