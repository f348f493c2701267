import { serveTown } from "./serve.ts";
import { settingsOr, tellFailure } from "./terminal.ts";

const settings = settingsOr("data");
if (settings === null) process.exit(2);
try {
  process.exitCode = await serveTown(settings);
} catch (error) {
  tellFailure(error);
  process.exitCode = 1;
}
