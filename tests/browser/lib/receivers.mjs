// How the receivers of forms read names with brackets: Ruby's Rack (Rails, Sinatra) and PHP.
// Both make `user[email]` an entry of `user`; what stands behind the last bracket is an error
// to the one and nothing to the other.

/** Rack's `parse_nested_query`. Throws where Rack answers 400. */
export function rack(pairs) {
  const params = {};
  for (const [name, value] of pairs) put(params, name, value);
  return params;
}

function put(params, name, value) {
  const [key, after] = /^[[\]]*([^[\]]+)\]*(.*)$/s.exec(name)?.slice(1) ?? [name, ""];
  if (after === "") params[key] = value;
  else if (after === "[]") expect(params, key, Array.isArray, []).push(value);
  else put(expect(params, key, isHash, {}), after, value);
}

/** What is there under `key`, made where it is missing; of another kind it is a ParameterTypeError. */
function expect(params, key, isRight, made) {
  params[key] ??= made;
  if (!isRight(params[key])) throw new Error(`another type was expected for param '${key}'`);
  return params[key];
}

const isHash = (value) => typeof value === "object" && !Array.isArray(value);

/** PHP's `$_POST`: only what stands in brackets right behind the name counts. */
export function php(pairs) {
  const post = {};
  for (const [name, value] of pairs) {
    const [, first, brackets] = /^\s*([^[]+)((?:\[[^\]]*\])*)/s.exec(name) ?? [, name, ""];
    const keys = [first.replace(/[ .]/g, "_"), ...[...brackets.matchAll(/\[([^\]]*)\]/g)].map(([, key]) => key)];
    let place = post;
    for (const [depth, given] of keys.entries()) {
      const key = given || Object.keys(place).length;
      if (depth === keys.length - 1) place[key] = value;
      else place = place[key] = isHash(place[key] ?? "") ? place[key] : {};
    }
  }
  return post;
}
