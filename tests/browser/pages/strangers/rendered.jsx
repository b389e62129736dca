// The server's half.
import { renderToString } from "react-dom/server";
import { SignUp } from "./hydrated.jsx";

export const markup = renderToString(<SignUp />);
