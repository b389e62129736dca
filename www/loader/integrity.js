// The digests of the files beside the loader, in a versioned build (`/v/<version>/`): the
// page's SRI attribute holds the loader, and the loader holds the rest. In the floating
// `mailproof.js` there are none, and this file is empty but for `import`.

const digests = __INTEGRITY__;

/** For `fetch`: the file's digest, if this build knows it. */
export const digestOf = (name) => digests?.[name] ?? "";

/** `import`, which itself takes no digest: a preload with one puts the module into the page's map. */
export async function imported(url, name) {
  if (digests) await checked(url, digestOf(name));
  return import(url);
}

const checked = (href, integrity) =>
  new Promise((resolve, reject) => {
    const link = document.createElement("link");
    // Where nobody would look at the digest the file is not used.
    if (!integrity || !link.relList.supports("modulepreload")) reject(new Error(`${href}: not checked`));
    Object.assign(link, { rel: "modulepreload", integrity, crossOrigin: "anonymous", onload: resolve });
    link.onerror = () => reject(new Error(`${href}: not the file of this version`));
    link.href = href;
    document.head.append(link);
  });
