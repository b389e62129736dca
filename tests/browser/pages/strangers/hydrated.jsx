// A sign-up whose markup comes from the server: the same component there and here.
import { useState } from "react";

export function SignUp() {
  const [email, setEmail] = useState("");
  return (
    <form id="form" action="/received" method="post">
      <p>
        <label htmlFor="email">Email</label>
        <input id="email" name="email" type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
      </p>
      <output id="state">{email}</output>
      <button id="send">Sign up</button>
    </form>
  );
}
