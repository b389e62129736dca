// What an application does with the package; the same source for every bundler.
import { attach, check, emailSchema } from "mailproof";

const slip = await check("jane@gamil.com");
const international = await check("jane@例子.公司");
const { issues } = await emailSchema({ lang: "zh-Hans" })["~standard"].validate("jane");
// As where a variable of the surroundings is not set.
await attach(document.querySelector("#email"), { endpoint: undefined });
document.querySelector("#verdict").textContent = JSON.stringify({
  result: slip.result,
  did_you_mean: slip.did_you_mean,
  lists: slip.lists !== null,
  ascii: international.ascii_domain,
  issue: issues[0].message,
});
