import { check } from "mailproof";
import { Field } from "./field";

// Judged on the server, when the page is built.
export default async function Page() {
  const { did_you_mean } = await check("jane@gamil.com");
  return (
    <>
      <p id="server">{did_you_mean}</p>
      <Field />
    </>
  );
}
