// The modules of www/loader that this package shares with the tag.
declare module "#loader/unknown.js" {
  export function unknown(input: string): unknown;
}
