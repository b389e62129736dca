// The words of the engine as a bundler finds them; stands in for `www/loader/files.js`.
import { languages } from "./languages.js";

/** As `messages/<lang>.json` of the tag. */
export const json = async (name) => {
  const [, lang] = /^messages\/(.+)\.json$/.exec(name);
  return (await languages[lang]()).default;
};
