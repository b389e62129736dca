// A controlled field: what React knows is what is sent, not what the page shows.
import { StrictMode, useState } from "react";
import { createRoot } from "react-dom/client";

function SignUp() {
  const [email, setEmail] = useState("");
  const [done, setDone] = useState(false);
  async function send(event) {
    event.preventDefault();
    await fetch("/received", { method: "POST", body: new URLSearchParams({ email }) });
    setDone(true);
  }
  return (
    <form onSubmit={send}>
      <label>
        Email
        <input id="email" name="email" type="email" value={email} onChange={(event) => setEmail(event.target.value)} />
      </label>
      <output id="state">{email}</output>
      <button id="send">Sign up</button>
      {done && <p id="done">Thank you!</p>}
    </form>
  );
}

createRoot(document.querySelector("#root")).render(
  <StrictMode>
    <SignUp />
  </StrictMode>,
);
