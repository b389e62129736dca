"use client";
import { useEffect, useRef, useState } from "react";

export function Field() {
  const field = useRef(null);
  const [email, setEmail] = useState("");
  useEffect(() => {
    import("../../page/app.js");
  }, []);
  return (
    <>
      <input id="email" type="email" ref={field} value={email} onChange={(event) => setEmail(event.target.value)} />
      <input id="other" type="email" />
      <output id="state">{email}</output>
      <pre id="verdict" />
    </>
  );
}
