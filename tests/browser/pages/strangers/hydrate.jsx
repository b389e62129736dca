// The page's half: takes the server's markup over when the page says so.
import { hydrateRoot } from "react-dom/client";
import { SignUp } from "./hydrated.jsx";

window.complaints = [];
window.hydrate = () =>
  hydrateRoot(document.querySelector("#root"), <SignUp />, {
    onRecoverableError: (error) => window.complaints.push(String(error)),
    onUncaughtError: (error) => window.complaints.push(String(error)),
  });
