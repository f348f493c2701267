import { findPackageJSON } from "node:module";
import { dirname } from "node:path";

const PACKAGE = findPackageJSON(import.meta.url);
if (PACKAGE === undefined) throw new Error("couldn't find the product's package.json above its code");

/** The folder of the product: what lies beside its code (SQL, built files) is found from here, by its sources and as it was built alike. */
export const ROOT = dirname(PACKAGE);
