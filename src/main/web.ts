import { serveTown } from "./serve.ts";
import { endWith, settingsOr, tellFailure } from "./terminal.ts";

const settings = settingsOr("data");
if (settings === null) process.exit(2);
try {
  endWith(await serveTown(settings));
} catch (error) {
  tellFailure(error);
  endWith(1);
}
