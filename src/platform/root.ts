import { findPackageJSON } from "node:module";
import { dirname } from "node:path";

/** The folder of the product: what lies beside its code (SQL, built files) is found from here, by its sources and as it was built alike. */
export const ROOT = dirname(findPackageJSON(import.meta.url) ?? import.meta.url);
