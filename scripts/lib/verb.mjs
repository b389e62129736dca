// How a command line verb ends.
import { CommandFailed } from "./run.mjs";

/** Runs it; a failed command is one line and exit code 1, any other error a stack. */
export async function verb(work) {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof CommandFailed ? `mailproof: ${error.message}` : error);
    process.exitCode = 1;
  }
}
